# ruff: noqa: F811 - the queue server is shared by import
"""Open streams harm nobody: forms go on beside a full process, and many pages wait in one behind nginx."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest

from benchmarks import proxy
from benchmarks.listeners import Listeners
from benchmarks.streams import asked, placed, until
from benchmarks.waiting_room import TOKEN, WaitingRoom, changes, fill, leaves
from cli.installation import Installation
from cli.streams import streams_only
from engine.store import Store
from engine.tables import Customer
from tests.cli.narrow_web import GRACE, THREADS
from tests.crash.harness import free_port
from tests.crash.killing import wait_for
from tests.queue.conftest import RunningServer, shared_server  # noqa: F401

COOKIE = f"kaihu_investor={TOKEN}"
MANY = 150  # beyond all threads of two web processes; `benchmark-streams` opens a thousand
pytestmark = pytest.mark.xdist_group("up")


@pytest.fixture
def room(a_customer: Store) -> WaitingRoom:
    """Zhang's own row is not to be opened elsewhere; here his pages come."""
    with a_customer.write() as tx:
        who = tx.get_one(Customer, "zhang")
        for name in ("id_number", "name", "phone", "account_number", "address", "issuer"):
            setattr(who, name, a_customer.vault.seal(f"customers.{name}", "x"))
    return fill(a_customer, 2 * THREADS)


@contextmanager
def narrow(place: Installation, queue: str, streams: int) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """One web process with room for so many streams, and six threads."""
    port = free_port()
    words = [sys.executable, "-m", "tests.cli.narrow_web", str(place.data), str(port), str(streams)]
    with (place.data / "narrow.log").open("wb") as log:
        process = subprocess.Popen(words, env={**os.environ, "REDIS_URL": queue}, stdout=log, stderr=log)
    try:
        wait_for(lambda: answered(port, 5.0), 60.0, "the web process")
        yield process, port
    finally:
        process.kill()
        process.wait()


def answered(port: int, patience: float) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/staff/sign-in", timeout=patience).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize(("streams", "goes_on"), [(2, True), (100, False)], ids=["with a cap", "without one"])
def test_more_pages_than_threads_leave_room_for_forms(
    room: WaitingRoom, place: Installation, shared_server: RunningServer, streams: int, goes_on: bool
) -> None:
    """The control: without a cap they take every thread, and the site answers nothing at all."""
    with (
        narrow(place, shared_server.server.url, streams) as (_, port),
        Listeners(port, COOKIE, room.case_ids) as pages,
    ):
        full = min(streams, THREADS)
        wait_for(lambda: sum(bool(one.heard) for one in pages.all) >= full, 30.0, "the streams")
        if goes_on:
            wait_for(lambda: all(one.status for one in pages.all), 30.0, "an answer to each")
            assert sorted(one.status for one in pages.all) == [200] * 2 + [204] * (2 * THREADS - 2)
        assert answered(port, 5.0) is goes_on


def test_a_process_with_open_streams_stops_at_once(
    room: WaitingRoom, place: Installation, shared_server: RunningServer
) -> None:
    """gunicorn would wait for them as long as its grace is."""
    with (
        narrow(place, shared_server.server.url, 2) as (process, port),
        Listeners(port, COOKIE, room.case_ids[:2]) as pages,
    ):
        pages.open()
        process.terminate()
        began = time.monotonic()
        process.wait(2 * GRACE)
        assert time.monotonic() - began < GRACE / 2


def test_what_a_proxy_sends_to_the_streams_by_mistake_is_not_there() -> None:
    said: list[str] = []
    served = streams_only(lambda environ, start: [b"served"])
    start: Callable[..., None] = lambda status, headers: said.append(status)  # noqa: E731
    for path in ("/cases/c/events", "/desk/tasks/t/call/events", "/healthz"):
        assert served({"PATH_INFO": path}, start) == [b"served"]
    for path in ("/", "/cases/c", "/staff/sign-in"):
        assert served({"PATH_INFO": path}, start) == []
    assert said == ["404 Not Found"] * 3


@pytest.fixture
def nginx() -> None:
    """Missing in CI is a failure, elsewhere a skip."""
    if proxy.found() is None:
        assert os.environ.get("CI") != "true", "apt-get install nginx-light"
        pytest.skip("no nginx on this machine")


def test_more_pages_than_threads_wait_in_one_process_and_forms_are_unharmed(nginx: None, tmp_path: Path) -> None:
    with placed(tmp_path) as place:
        room = fill(place.store, MANY)
        with Listeners(place.port, room.cookie, room.case_ids) as pages:
            pages.open()
            assert {one.status for one in pages.all} == {200}
            assert all(median(times) < 2000 for times in asked(place.origin, 5).values())
            page = pages.all[MANY // 2]
            until(lambda: changes(place.store, page.case_id), page.next)
            leaves(place.store, room.case_ids[0])
            wait_for(lambda: all(moved_up(one.heard, n) for n, one in enumerate(pages.all[1:], 1)), 120.0, "all places")


def moved_up(heard: list[tuple[float, dict[str, object]]], position: int) -> bool:
    """What it was told last of its place, beats apart."""
    told = [one["line"] for _, one in heard if "line" in one]
    return told[-1:] == [{"total": MANY - 1, "position": position, "verifiers": 0}]
