"""The supervisor: starts, restarts, tells, stops. Parts are real processes that do nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.running import Running, alive, clear_away, read
from cli.supervisor import Part, Supervisor
from tests.crash.killing import wait_for
from tests.house import ROOT

SECONDS = 30.0
WAITS = "import signal; signal.pause()"
DIES = "import sys; print('hello', flush=True); sys.exit('the port is taken')"
LEAVES_AN_ORPHAN = (
    "import pathlib, signal, subprocess, sys; "
    "child = subprocess.Popen([sys.executable, '-c', 'import signal; signal.pause()']); "
    "pathlib.Path(sys.argv[1]).write_text(str(child.pid)); signal.pause()"
)


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    """A supervisor in this process takes the signals over; give them back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def part(name: str, code: str, folder: Path, *words: str) -> Part:
    return Part(name, [sys.executable, "-c", code, *words], folder / f"{name}.log")


def watch(parts: list[Part], until: Callable[[], bool]) -> list[str]:
    """Run a supervisor in this process until something is so; what it said."""
    said: list[str] = []
    supervisor = Supervisor(parts, said.append)

    def look() -> bool:
        supervisor.stopping = until()
        return False

    supervisor.run(look)
    return said


def gone(pid: int) -> bool:
    """Ended; a process that nobody has asked after yet counts too."""
    if not alive(pid):
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_a_part_that_is_killed_is_started_again(tmp_path: Path) -> None:
    one = part("one", WAITS, tmp_path)
    pids: list[int] = []

    def killed_once() -> bool:
        if one.alive() and one.pid not in pids:
            pids.append(one.pid)
            if len(pids) == 1:
                os.kill(one.pid, signal.SIGKILL)
        return len(pids) == 2

    said = watch([one], killed_once)
    assert said == ["one ended; starting it again", "stopping ...", "stopped cleanly"]
    assert all(gone(pid) for pid in pids)


def test_a_part_that_cannot_come_up_is_told_once_with_what_it_said_last(tmp_path: Path) -> None:
    one = part("one", DIES, tmp_path)
    said = watch([one], lambda: one.early_deaths >= 4)
    told = [line for line in said if "in a row" in line]
    assert len(told) == 1 and "It said last: the port is taken" in told[0] and str(one.log) in told[0]
    assert said.count("one ended; starting it again") == 2


def test_restarts_come_ever_more_slowly_but_at_once_after_a_long_life(tmp_path: Path) -> None:
    one = part("one", DIES, tmp_path)
    delays = []
    for _ in range(8):
        one.started = 100.0
        one.plan_restart(101.0)
        delays.append(one.delay)
    assert delays == sorted(delays) and delays[0] < 1.0 and delays[-1] == 10.0
    one.plan_restart(1000.0)
    assert one.delay == 0.0 and one.early_deaths == 0


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_what_a_killed_part_leaves_behind_is_ended_before_it_is_started_again(tmp_path: Path) -> None:
    note = tmp_path / "orphan"
    one = part("one", LEAVES_AN_ORPHAN, tmp_path, str(note))
    orphans: list[int] = []

    def restarted() -> bool:
        if not orphans and note.exists() and note.read_text():
            orphans.append(int(note.read_text()))
            os.kill(one.pid, signal.SIGKILL)
        return bool(orphans) and one.restart_at is not None

    watch([one], restarted)
    assert gone(orphans[0])


def test_a_part_that_does_not_listen_is_killed_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.supervisor.STOP_SECONDS", 0.2)
    ready = tmp_path / "deaf"
    code = "import pathlib, signal, sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    deaf = part("deaf", f"{code} pathlib.Path(sys.argv[1]).touch(); [signal.pause() for _ in iter(int, 1)]", tmp_path)
    deaf.command = [*deaf.command, str(ready)]
    said = watch([deaf], ready.exists)
    assert said[-1] == "stopped cleanly" and gone(deaf.pid)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_stops_its_parts_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    process, pids = watched(tmp_path)
    process.send_signal(number)
    said, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0 and said.split("\n")[:2] == ["stopping ...", "stopped cleanly"]
    assert all(gone(pid) for pid in pids)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_its_parts_end_when_it_is_killed(tmp_path: Path) -> None:
    process, pids = watched(tmp_path)
    process.kill()
    process.communicate(timeout=SECONDS)
    wait_for(lambda: all(gone(pid) for pid in pids), SECONDS, "the parts' end")


def watched(folder: Path) -> tuple[subprocess.Popen[str], list[int]]:
    words = [sys.executable, "-m", "tests.cli.watched", str(folder)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    wait_for((folder / "running.json").exists, SECONDS, "the start")
    running = read(folder / "running.json")
    assert running is not None
    return process, list(running.parts.values())


def test_the_file_of_what_runs_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "running.json"
    written = Running(1, 2, "unix:///s", {"web": 3})
    written.write(path)
    written.write(path)
    assert path.stat().st_mode & 0o777 == 0o600 and read(path) == written
    assert read(tmp_path / "other") is None
    path.write_text("{}")
    assert read(path) is None


def test_a_killed_run_leaves_no_socket_folder_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ours, theirs, path = tmp_path / "kaihu-abc", tmp_path / "deep" / "kaihu-abc", tmp_path / "running.json"
    for folder in (ours, theirs):
        folder.mkdir(parents=True)
        Running(1, 2, f"unix://{folder}/queue.sock", {}).write(path)
        clear_away(path)
        assert not path.exists()
    assert not ours.exists() and theirs.exists()
