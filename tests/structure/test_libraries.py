"""Every dependency is used, has its line in the record, and a licence that Apache-2.0 can be given out with."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import metadata

import pytest

from tests.house import ROOT
from tests.structure.sources import ROOMS, imported, python, tree

RECORD = ROOT / "docs/decisions/010-libraries.md"
UNIMPORTED = {
    "psycopg": "SQLAlchemy loads it by the database URL",
    "flask-migrate": "migrations/env.py serves its commands; tests/store/test_migrations.py runs them",
    "onnxruntime": "rapidocr runs its models on it",
    "packaging": "gunicorn's gevent worker imports it",
    "pytest-randomly": "a plugin of pytest",
    "pytest-xdist": "a plugin of pytest",
    "ruff": "a command",
    "mypy": "a command",
    "import-linter": "a command",
    "types-lxml": "types alone",
}
MODULES = {
    "argon2-cffi": "argon2", "google-re2": "re2", "opencv-python-headless": "cv2", "pillow": "PIL", "pyyaml": "yaml",
    "scikit-image": "skimage",
}  # fmt: skip
COMES_WITH = {
    "numpy": "scikit-image", "scipy": "scikit-image", "werkzeug": "Flask", "markupsafe": "Flask", "jinja2": "Flask",
    "alembic": "Flask-Migrate", "babel": "Flask-Babel",
}  # fmt: skip
"""Modules of a library that the named one is made of; its release decides theirs."""
FORBIDDEN = re.compile(r"\b(?<!L)(?:GPL|AGPL|SSPL|GNU (?:Affero )?General Public|BUSL|Commons Clause|CC-BY-NC)")


@cache
def direct(group: str = "") -> dict[str, str]:
    """Normalised name to the name as pyproject writes it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    lines = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return {normal(name): name for name in (re.split(r"[\s<>=!;\[~]", line)[0] for line in lines)}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def recorded() -> list[str]:
    rows = re.findall(r"^\| ([\w-]+) \|", RECORD.read_text("utf-8"), re.MULTILINE)
    return [normal(row) for row in rows if row != "library"]


def modules_imported(*folders: str) -> set[str]:
    return {module.split(".")[0] for path in python(*folders) for module, _ in imported(tree(path))}


def module_of(name: str) -> str:
    return MODULES.get(name, direct()[name] if name == "spiffworkflow" else name.replace("-", "_"))


def test_the_record_and_pyproject_name_the_same_libraries() -> None:
    assert sorted(recorded()) == sorted({*direct(), *direct("dev")})


def test_every_library_of_the_product_is_imported_by_the_product() -> None:
    used = modules_imported(*ROOMS)
    assert [name for name in direct() if module_of(name) not in used and name not in UNIMPORTED] == []


def test_every_tool_of_the_developers_is_used() -> None:
    used = modules_imported()
    assert [name for name in direct("dev") if module_of(name) not in used and name not in UNIMPORTED] == []


def test_nothing_is_imported_that_nobody_asked_for() -> None:
    known = {module_of(name) for name in direct()} | {normal(module).replace("-", "_") for module in COMES_WITH}
    standard = __import__("sys").stdlib_module_names
    strays = modules_imported(*ROOMS) - known - set(ROOMS) - standard - {"playwright"}  # pictures of pages: a tool
    assert strays == set()
    assert {normal(one) for one in COMES_WITH.values()} <= direct().keys()


def locked() -> list[str]:
    return [one["name"] for one in tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["package"]]


def licence(name: str) -> str:
    said = metadata.metadata(name)
    kinds = [one for one in said.get_all("Classifier") or [] if one.startswith("License")]
    return " ".join([said.get("License-Expression") or (said.get("License") or "")[:80], *kinds])


def test_no_installed_library_has_a_licence_that_binds_the_whole() -> None:
    found: dict[str, str] = {}
    for name in locked():
        try:
            found[name] = licence(name)
        except metadata.PackageNotFoundError:  # of another platform
            continue
    assert len(found) > 60
    assert {name: text for name, text in found.items() if FORBIDDEN.search(text)} == {}


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("GPL-3.0-or-later", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("GNU Library or Lesser General Public License (LGPL)", False),
        ("Apache-2.0", False),
    ],
)
def test_a_licence_that_binds_the_whole_would_be_found(text: str, bad: bool) -> None:
    assert bool(FORBIDDEN.search(text)) is bad


def test_what_was_taken_from_others_is_credited() -> None:
    notice = (ROOT / "NOTICE").read_text("utf-8")
    source = (ROOT / "forms/rules/counties.txt").read_text("utf-8").split("\n1101")[0]
    assert "jxlwqq/address-code-of-china" in source and "jxlwqq/address-code-of-china" in notice
