"""run.py: sets up with what the machine has, and says in one line what it lacks."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.house import ROOT

NO_ENSUREPIP = "The virtual environment was not created successfully because ensurepip is not available."


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """run.py as a module, with a checkout of its own to set up."""
    spec = importlib.util.spec_from_file_location("kaihu_run", ROOT / "run.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("uv.lock", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "BIN", tmp_path / ".venv" / "bin")
    return module


@pytest.mark.parametrize("words", [["help"], ["-h"], ["--help"]])
def test_help_needs_nothing_installed(words: list[str]) -> None:
    done = subprocess.run([sys.executable, "-S", "-E", "run.py", *words], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and done.stderr == ""
    for command in ("setup", "test", "check", "screenshots", "--port", "--data DIR", "--no-demo"):
        assert command in done.stdout


def test_it_needs_the_standard_library_alone() -> None:
    code = "import sys, runpy; runpy.run_path('run.py'); print(sorted(set(m.split('.')[0] for m in sys.modules)))"
    done = subprocess.run([sys.executable, "-S", "-E", "-c", code], cwd=ROOT, capture_output=True, text=True)
    loaded = set(eval(done.stdout))  # a list of names that this test printed itself
    assert loaded - sys.stdlib_module_names - {"__main__", "__mp_main__"} == set()


def test_an_unknown_command_is_passed_on_and_refused_by_the_product(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(run, "install", lambda with_tools: None)
    monkeypatch.setattr(run.subprocess, "call", lambda line, cwd: called.append(line) or 2)
    assert run.main(["dctor", "--fast"]) == 2
    assert called == [[str(run.BIN / "kaihu"), "dctor", "--fast"]]
    real = subprocess.run([sys.executable, "-m", "cli", "dctor"], cwd=ROOT, capture_output=True, text=True)
    assert real.returncode == 2 and "No such command 'dctor'" in real.stderr


def fake_python(folder: Path, code: int) -> Path:
    """A Python that cannot make a virtual environment, as Debian's without python3-venv."""
    python = folder / "python3"
    python.write_text(f'#!/bin/sh\nmkdir -p "$3"\necho "{NO_ENSUREPIP}"\nexit {code}\n')
    python.chmod(0o755)
    return python


def test_a_python_without_venv_is_told_the_one_line_that_mends_it(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    monkeypatch.setattr(run.sys, "executable", str(fake_python(tmp_path, 1)))
    assert run.main(["setup"]) == 1
    said = capsys.readouterr().err
    assert f"sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv" in said and NO_ENSUREPIP in said
    assert not run.VENV.exists()  # a half-made one would look like a good one the next time


@pytest.mark.parametrize(
    ("on_path", "of_its_own", "way"),
    [
        pytest.param("/usr/bin/uv", None, ["uv"], id="uv on the path"),
        pytest.param(None, "/venv/bin/uv", ["uv"], id="pip brings uv"),
        pytest.param(None, None, ["pip"], id="pip alone"),
    ],
)
def test_the_way_of_installing_is_what_the_machine_has(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, on_path: str | None, of_its_own: str | None, way: list[str]
) -> None:
    taken: list[str] = []
    run.VENV.mkdir()
    monkeypatch.setattr(run.shutil, "which", lambda name: on_path)
    monkeypatch.setattr(run, "uv_of_its_own", lambda: of_its_own)
    monkeypatch.setattr(run, "sync_with_uv", lambda uv, with_tools: taken.append("uv"))
    monkeypatch.setattr(run, "sync_with_pip", lambda with_tools: taken.append("pip"))
    run.install(with_tools=False)
    assert taken == way


def test_pip_alone_installs_only_what_the_hashed_lock_names(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    lines: list[list[str]] = []

    def done(line: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        lines.append(line[5:])
        return subprocess.CompletedProcess(line, 0)

    monkeypatch.setattr(run.subprocess, "run", done)
    run.sync_with_pip(with_tools=False)
    assert lines == [["--require-hashes", "-r", "requirements.lock"], ["--no-deps", "-e", "."]]


def test_a_failed_installation_is_no_stamp(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run.VENV.mkdir()
    monkeypatch.setattr(run.shutil, "which", lambda name: "/bin/false")
    assert run.main(["setup"]) == 1
    assert "Is the network there?" in capsys.readouterr().err and not run.stamped(with_tools=False)


def test_an_installation_is_made_once_for_each_state_of_the_lock(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bool] = []
    run.BIN.mkdir(parents=True)
    (run.BIN / "kaihu").touch()
    monkeypatch.setattr(run.shutil, "which", lambda name: "/usr/bin/uv")
    monkeypatch.setattr(run, "sync_with_uv", lambda uv, with_tools: made.append(with_tools))
    for with_tools in (True, True, False):
        run.install(with_tools)
    assert made == [True]
    (run.ROOT / "uv.lock").write_text("another state")
    run.install(False)
    assert made == [True, False]


def test_an_old_python_is_told_what_is_needed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "OLDEST", (99, 0))
    monkeypatch.setattr(run.shutil, "which", lambda name: None)
    assert run.main([]) == 1
    assert "Kaihu needs Python 3.11 or newer" in capsys.readouterr().err


def test_nothing_but_python_is_asked_of_the_environment() -> None:
    """The bootstrap passes PATH and HOME on, and reads no variable of its own."""
    source = (ROOT / "run.py").read_text("utf-8")
    assert "os.environ[" not in source and "environ.get" not in source and "getenv" not in source
    assert os.access(ROOT / "run.py", os.R_OK)
