"""Whether the locks say the same: uv.lock for uv, the two requirements files for pip, pyproject.toml above them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

PRODUCT = "kaihu"
Package = Mapping[str, Any]


def differences(root: Path) -> Iterator[str]:
    """Every way in which the files differ, in words."""
    locked: dict[str, list[Package]] = {}
    for package in read(root / "uv.lock")["package"]:  # a name may stand there twice, for different Pythons
        locked.setdefault(package["name"], []).append(package)
    yield from _asked(read(root / "pyproject.toml"), locked[PRODUCT][0])
    yield from _pinned("requirements-dev.lock", root, _pins(locked, locked.keys() - {PRODUCT}))
    yield from _pinned("requirements.lock", root, _pins(locked, closure(locked)))


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


def closure(locked: Mapping[str, Sequence[Package]]) -> set[str]:
    """Everything that the product needs to run, on any machine."""
    found: set[str] = set()
    todo = list(locked[PRODUCT][0]["dependencies"])
    while todo:
        wanted = todo.pop()
        found.add(wanted["name"])
        for package in locked[wanted["name"]]:
            inner = [*package.get("dependencies", ())]
            for extra in wanted.get("extra", ()):
                inner += package.get("optional-dependencies", {}).get(extra, ())
            todo += [each for each in inner if each["name"] not in found]
    return found


def _pins(locked: Mapping[str, Sequence[Package]], names: Set[str]) -> set[tuple[str, str]]:
    return {(name, package["version"]) for name in names for package in locked[name]}


def _asked(project: Mapping[str, Any], product: Package) -> Iterator[str]:
    """What pyproject.toml asks for is what uv.lock was made from."""
    known = product["metadata"]
    groups = [(project["project"]["dependencies"], known["requires-dist"])]
    groups += [(asked, known["requires-dev"].get(name, [])) for name, asked in project["dependency-groups"].items()]
    for asked, was in groups:
        now = {_parts(requirement) for requirement in asked}
        then = {(each["name"], each.get("specifier", "").replace(" ", "")) for each in was}
        yield from (f"pyproject.toml and uv.lock: {name}{specifier}" for name, specifier in sorted(now ^ then))


def _parts(requirement: str) -> tuple[str, str]:
    """Name and versions of `psycopg[binary]>=3.3; sys_platform == "linux"`."""
    name, versions = re.match(r"([\w.-]+)(?:\[[^]]*])?([^;]*)", requirement.replace(" ", "")).groups()  # type: ignore[union-attr]
    return re.sub(r"[-_.]+", "-", name).lower(), versions


def _pinned(name: str, root: Path, pins: Set[tuple[str, str]]) -> Iterator[str]:
    text = (root / name).read_text("utf-8")
    there = set(re.findall(r"^([\w.-]+)==([^\s\\;]+)", text, flags=re.MULTILINE))
    yield from (f"{name} and uv.lock: {package}=={version}" for package, version in sorted(there ^ pins))
