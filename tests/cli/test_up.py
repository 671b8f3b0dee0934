"""`kaihu up`: what keeps it from starting is said in a sentence; without a demonstration nothing of one exists."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.installation import Installation
from cli.main import main
from cli.one_start import one_start
from cli.preparing import prepare
from cli.running import read
from cli.stop_wish import StopWish, stop_wish
from cli.supervisor import Supervisor
from cli.up import announce
from tests.cli.conftest import Kaihu, make
from tests.cli.test_supervisor import gone
from tests.crash.harness import free_port
from tests.crash.killing import wait_for
from tests.house import CHANGE, ROOT

SECONDS = 90.0


def test_a_second_start_on_the_same_folder_is_refused(kaihu: Kaihu, place: Installation) -> None:
    with one_start(place.lock):
        done = kaihu("up", "--no-demo")
    assert done.exit_code == 1
    assert f"Kaihu already runs on {place.data} (process {os.getpid()})" in done.output and "--data DIR" in done.output


def test_a_taken_port_is_said_with_another_one(kaihu: Kaihu) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        done = kaihu("up", "--no-demo", "--port", str(port))
    assert done.exit_code == 1 and f"port {port} is taken; choose another one: --port {port + 1}" in done.output


def test_a_demonstration_does_not_become_an_installation(tmp_path: Path) -> None:
    make(tmp_path / "data", demonstration=True)
    words = ["up", "--no-demo", "--data", str(tmp_path / "data"), "--port", str(free_port())]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 1 and "holds a demonstration; choose another folder" in done.output


def test_a_demonstration_whose_loading_was_cut_off_is_made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cli.demonstration import loading

    def cut_off(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(loading, "load_customers", cut_off)
        with pytest.raises(KeyboardInterrupt):
            make(tmp_path / "data", demonstration=True)
    make(tmp_path / "data", demonstration=True)
    said = CliRunner().invoke(main, ["doctor", "--data", str(tmp_path / "data")]).output
    assert "6 customers, 7 staff" in said and "nothing is wrong" in said


def test_lost_keys_are_not_replaced_by_new_ones(kaihu: Kaihu, place: Installation) -> None:
    place.keys.unlink()
    done = kaihu("up", "--no-demo", "--port", str(free_port()))
    assert done.exit_code == 1 and "Put the key file back from its backup" in done.output
    assert not place.keys.exists()


def test_a_database_that_does_not_answer_is_said(kaihu: Kaihu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://kaihu:secret@127.0.0.1:{free_port()}/kaihu")
    done = kaihu("up", "--no-demo", "--port", str(free_port()))
    assert done.exit_code == 1 and "the database does not answer (DATABASE_URL?)" in done.output
    assert "secret" not in done.output


def test_preparing_again_changes_nothing(place: Installation) -> None:
    before = place.keys.read_bytes()
    said: list[str] = []
    prepare(
        place, demonstration=True, say=said.append
    ).db.dispose()  # what the folder is was decided by its first start
    assert place.keys.read_bytes() == before and said == []
    assert not (place.data / "demonstration-ca.key.pem").exists()


def start(data: Path, port: int, log: Path) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "cli", "up", "--no-demo", "--data", str(data), "--port", str(port)]
    hidden = ("DATABASE_URL", "REDIS_URL")
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | {"PYTHONPATH": str(ROOT)}
    with log.open("wb") as out:
        return subprocess.Popen(words, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)


def ended(process: subprocess.Popen[bytes]) -> int:
    """How it ended; it never outlives its test."""
    try:
        return process.wait(SECONDS)
    finally:
        process.kill()
        process.wait()


def test_ctrl_c_during_the_start_ends_it_in_a_sentence(tmp_path: Path) -> None:
    data, log = tmp_path / "data", tmp_path / "log"
    process = start(data, free_port(), log)
    wait_for((data / "keys.json").exists, SECONDS, "the start")
    process.send_signal(signal.SIGINT)
    assert ended(process) in (0, 130)
    assert "Traceback" not in log.read_text("utf-8") and "stopped" in log.read_text("utf-8")
    make(data, demonstration=False)
    assert CliRunner().invoke(main, ["doctor", "--data", str(data)]).exit_code == 0


@pytest.mark.parametrize("stage", ["prepare", "refuse_taken_port"])
def test_a_ctrl_c_is_heeded_whatever_runs_at_that_moment(
    stage: str, kaihu: Kaihu, place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules["cli.up"]
    real = getattr(module, stage)

    def with_ctrl_c(*given: object, **named: object) -> object:
        signal.raise_signal(signal.SIGINT)
        return real(*given, **named)

    monkeypatch.setattr(module, stage, with_ctrl_c)
    done = kaihu("up", "--no-demo", "--port", str(free_port()))
    assert done.exit_code == 130 and "stopped before it was up" in done.output


def test_a_second_ctrl_c_does_not_wait() -> None:
    with stop_wish(), pytest.raises(KeyboardInterrupt):
        for _ in range(2):
            signal.raise_signal(signal.SIGINT)


def test_a_wish_to_stop_is_heard_by_a_supervisor_that_just_began(place: Installation) -> None:
    """After the parts were started too: the first look at them ends it."""
    wish, said = StopWish(made=True), []
    with pytest.raises(KeyboardInterrupt):
        Supervisor([], said.append).run(lambda: announce(place, free_port(), wish))
    assert said == ["stopping ...", "stopped cleanly"]


class Site:
    """An installation without a demonstration that runs."""

    def __init__(self, data: Path, port: int, log: Path) -> None:
        self.data, self.log, self.origin = data, log, f"http://127.0.0.1:{port}"

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.origin + path, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode()

    def doctor(self) -> str:
        return CliRunner().invoke(main, ["doctor", "--data", str(self.data)]).output

    def well(self) -> bool:
        return self.doctor().endswith("nothing is wrong\n")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder, port = tmp_path_factory.mktemp("site"), free_port()
    process = start(folder / "data", port, folder / "log")
    running = Site(folder / "data", port, folder / "log")
    try:
        wait_for(
            lambda: process.poll() is not None or "Ctrl-C stops it" in running.log.read_text(), SECONDS, "kaihu up"
        )
        yield running
    finally:
        parts = read(folder / "data" / "running.json")
        process.terminate()
        assert process.wait(SECONDS) == 0, running.log.read_text()
    assert running.log.read_text().endswith("stopping ...\nstopped cleanly\n")
    assert parts is not None and all(gone(pid) for pid in parts.parts.values())
    assert not (folder / "data" / "running.json").exists()
    assert not Path(parts.queue.removeprefix("unix://")).parent.exists()


@pytest.mark.xdist_group("up")
def test_a_running_installation_is_well_and_the_doctor_says_so(site: Site) -> None:
    wait_for(site.well, SECONDS, "health")
    said = site.doctor()
    for what in ("running", "parts", "queue server", "relay", "worker", "reader", "films", "web"):
        assert f"\nok     {what} " in said, said
    code, health = site.get("/healthz")
    assert code == 200 and json.loads(health)["relay"]["late"] is False
    assert (site.data / "running.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.xdist_group("up")
def test_without_a_demonstration_nothing_of_one_exists(site: Site) -> None:
    for path in ("/demonstration/outbox", "/demonstration/fill", "/demonstration/certificate"):
        assert site.get(path)[0] == 404, path
    code, page = site.get(f"/sign-in/{CHANGE}")
    assert code == 200 and "demonstration" not in page and "林知秋" not in page
    assert "demonstration" not in site.get("/staff/sign-in")[1]
    assert not list(site.data.glob("demonstration*"))
    assert "investor" not in site.log.read_text("utf-8") and "0 customers, 0 staff" in site.doctor()


@pytest.mark.xdist_group("up")
@pytest.mark.parametrize("name", ["queue", "relay", "worker", "reader", "films", "web"])
def test_a_part_that_is_killed_comes_back(site: Site, name: str) -> None:
    wait_for(site.well, SECONDS, "health")
    before = read(site.data / "running.json")
    assert before is not None
    os.kill(before.parts[name], signal.SIGKILL)

    def back() -> bool:
        now = read(site.data / "running.json")
        return now is not None and now.parts[name] != before.parts[name] and site.well()

    wait_for(back, SECONDS, f"{name}'s return")
    assert f"{name} ended; starting it again" in site.log.read_text("utf-8")
