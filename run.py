#!/usr/bin/env python3
"""Kaihu with nothing but Python: sets everything up in .venv and runs it. Standard library only."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
OLDEST = (3, 11)
WITH_TOOLS = (
    "test",
    "kills",
    "hostile-files",
    "hostile-businesses",
    "check",
    "golden",
    "benchmark",
    "benchmark-photos",
    "draw-photos",
    "fit-photos",
    "benchmark-upload",
    "benchmark-line",
    "benchmark-streams",
    "benchmark-calls",
    "benchmark-impact",
    "benchmark-live",
    "screenshots",
)
APT_LINE = f"sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv"
HELP = """python3 run.py [COMMAND] [OPTIONS]

  (none)       set up and run Kaihu: web, worker, relay and queue server (--port, --data DIR, --no-demo, --lan)
  setup        install only
  test         install with the test tools and pass the tests (further words go to pytest)
  kills FOLDER kill the parts at each of their named points; --long, by the thousand (docs/reliability.md)
  hostile-files  hostile uploads, hand-made and --count N mutated: each taken or refused in bounds (docs/photos.md)
  hostile-businesses  --count N businesses with a changed file: each refused or loaded in bounds (docs/reliability.md)
  check        ruff, mypy, import-linter, and that the lock files agree
  benchmark    what a step costs beside a floor and a naive peer: --quick or --full (docs/performance.md)
  benchmark-photos --images FOLDER  how well and how fast cards are cut out, beside the usual way (docs/photos.md)
  draw-photos FOLDER --count N --seed S  photographs of cards of other designs for these two (docs/photos.md)
  fit-photos --images FOLDER... | --samples FILE  the finder's weights, fitted on known corners (docs/photos.md)
  benchmark-upload  from choosing a photograph to its verdict on the page (docs/photos.md)
  benchmark-line  how many customers of one line are called in a second (docs/video.md)
  benchmark-streams  many pages that wait in one line, told by one process behind nginx (docs/video.md)
  benchmark-calls  until the two of a call see each other, and what a crash of the recording page loses (docs/video.md)
  benchmark-impact  how long every running case takes to be tried on another version (docs/performance.md)
  benchmark-live  how long the live diagram and the stuck board take with 100,000 cases (docs/performance.md)
  golden       record a stored state at each step of diagrams that have none yet; adds to tests/golden, changes nothing
  screenshots  write pictures of every page at 375 and 1280 px to screenshots/; with --manual the figures of docs/
  help         this text

Anything else is passed to the installed command, .venv/bin/kaihu: python3 run.py doctor"""


class CannotSetUp(Exception):
    """The set-up can't go on; the message says what to do."""


def main(words: list[str]) -> int:
    command, rest = (words[0], words[1:]) if words and not words[0].startswith("-") else ("up", words)
    if command in ("help", "-h", "--help") or words[:1] in (["-h"], ["--help"]):
        print(HELP)
        return 0
    try:
        install(with_tools=command in WITH_TOOLS)
    except CannotSetUp as why:
        print(why, file=sys.stderr)
        return 1
    return start(command, rest)


def start(command: str, rest: list[str]) -> int:
    kaihu = str(BIN / "kaihu")
    python = str(BIN / "python")
    modules = {
        "test": "pytest",
        "kills": "tests.crash.kills",
        "hostile-files": "tests.fuzz.hostile_files",
        "hostile-businesses": "tests.fuzz.hostile_businesses",
        "golden": "tests.golden.record",
        "benchmark": "benchmarks.all_measures",
        "benchmark-photos": "benchmarks.photos",
        "draw-photos": "benchmarks.draw",
        "fit-photos": "benchmarks.fit",
        "benchmark-upload": "benchmarks.upload",
        "benchmark-line": "benchmarks.line",
        "benchmark-streams": "benchmarks.streams",
        "benchmark-calls": "benchmarks.calls",
        "benchmark-impact": "benchmarks.impact",
        "benchmark-live": "benchmarks.watched",
    }
    lines = {"setup": None, **{word: [python, "-m", module, *rest] for word, module in modules.items()}}
    line = lines.get(command, [kaihu, command, *rest])
    if line is None:
        print(f"Kaihu is installed. Run it: python3 run.py, or {kaihu} up")
        return 0
    if command == "up":  # take this process's place, so that Ctrl-C and kill reach the supervisor itself
        os.chdir(ROOT)
        os.execv(kaihu, line)  # noqa: S606
    return subprocess.call(line, cwd=ROOT)


def install(with_tools: bool) -> None:
    """Bring .venv to the state of the lock file; costs nothing when it is there already."""
    if sys.version_info < OLDEST and not shutil.which("uv"):
        raise CannotSetUp("Kaihu needs Python 3.11 or newer (or uv, which brings its own): https://docs.astral.sh/uv/")
    if stamped(with_tools):
        return
    print("Setting up .venv (once; about half a minute) ...", flush=True)
    uv = shutil.which("uv") or uv_of_its_own()
    if uv:
        sync_with_uv(uv, with_tools)
    else:
        sync_with_pip(with_tools)
    stamp_path(with_tools).write_text(lock_digest())
    if with_tools:
        stamp_path(False).write_text(lock_digest())


def stamped(with_tools: bool) -> bool:
    stamp = stamp_path(with_tools)
    return stamp.is_file() and stamp.read_text() == lock_digest() and (BIN / "kaihu").exists()


def stamp_path(with_tools: bool) -> Path:
    return VENV / (".kaihu-tools" if with_tools else ".kaihu")


def lock_digest() -> str:
    parts = [(ROOT / name).read_bytes() for name in ("uv.lock", "pyproject.toml", "requirements.lock")]
    return hashlib.sha256(b"".join([*parts, str(ROOT).encode(), sys.version.encode()])).hexdigest()


def uv_of_its_own() -> str | None:
    """uv inside .venv when PyPI gives one for this machine; pip does the work alone otherwise."""
    make_venv()
    done = subprocess.run([str(BIN / "python"), "-m", "pip", "install", "-q", "uv"], capture_output=True)
    uv = BIN / "uv"
    return str(uv) if done.returncode == 0 and uv.exists() else None


def make_venv() -> None:
    if (BIN / "python").exists():
        return
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if done.returncode != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise CannotSetUp(
            f"This Python can't make a virtual environment. Install what it lacks and run this again:\n  {APT_LINE}\n"
            f"(or install uv). It said: {(done.stderr or done.stdout).strip()[-300:]}"
        )


def sync_with_uv(uv: str, with_tools: bool) -> None:
    extra = [] if with_tools else ["--no-dev"]
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(VENV), "VIRTUAL_ENV": str(VENV)}
    done = subprocess.run([uv, "sync", "--frozen", "--inexact", "--quiet", *extra], cwd=ROOT, env=environment)
    if done.returncode != 0:
        raise CannotSetUp("uv could not install the packages; its message stands above. Is the network there?")


def sync_with_pip(with_tools: bool) -> None:
    lock = "requirements-dev.lock" if with_tools else "requirements.lock"
    pip = [str(BIN / "python"), "-m", "pip", "install", "-q"]
    for words in (["--require-hashes", "-r", lock], ["--no-deps", "-e", "."]):
        if subprocess.run([*pip, *words], cwd=ROOT).returncode != 0:
            raise CannotSetUp("pip could not install the packages; its message stands above. Is the network there?")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
