"""`kaihu check`: the lock files say the same, and a difference is found."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cli import check
from tests.house import ROOT

LOCKS = ("pyproject.toml", "uv.lock", "requirements.lock", "requirements-dev.lock")


@pytest.fixture
def locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in LOCKS:
        shutil.copy(ROOT / name, tmp_path / name)
    monkeypatch.setattr(check, "ROOT", tmp_path)
    return tmp_path


def test_the_locks_of_this_checkout_agree(locks: Path) -> None:
    assert check.locks_agree()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param("uv.lock", r'(name = "flask"\nversion = ")[^"]+', r"\g<1>0.0.1", id="a version in uv.lock"),
        pytest.param("requirements-dev.lock", r"\nflask==[^ ]+", "\nflask==0.0.1", id="a version in the dev lock"),
        pytest.param("requirements.lock", r"\nflask==[^ ]+", "\nflask==0.0.1", id="a version in the runtime lock"),
        pytest.param("requirements.lock", r"\nflask==[^ ]+", "\nstray==1.0", id="a stray in the runtime lock"),
        pytest.param("pyproject.toml", r'"Flask>=3.1,<4"', '"Flask>=3.0,<4"', id="another wish in pyproject.toml"),
        pytest.param("pyproject.toml", r'"mypy>=', '"mypy-other>=', id="another tool in pyproject.toml"),
        pytest.param("requirements-dev.lock", r"\npytest==[^ ]+", "\npytest-other==1.0", id="a package is missing"),
    ],
)
def test_a_lock_that_differs_is_found(
    locks: Path, capsys: pytest.CaptureFixture[str], name: str, old: str, new: str
) -> None:
    file = locks / name
    changed, times = re.subn(old, new, file.read_text("utf-8"), count=1)
    assert times == 1
    file.write_text(changed, encoding="utf-8")
    assert not check.locks_agree()
    assert "not in step: " in capsys.readouterr().err


def test_a_package_that_is_missing_from_the_runtime_lock_is_found(locks: Path) -> None:
    file = locks / "requirements.lock"
    without = re.sub(r"\nflask==[^\n]*(\n    [^\n]*)*", "", file.read_text("utf-8"), count=1)
    file.write_text(without, encoding="utf-8")
    assert not check.locks_agree()
