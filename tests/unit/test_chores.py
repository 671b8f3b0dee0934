"""The relay's chores, each at its own pace."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from workers import relay
from workers.relay import Chore, beat, chores

DONE_TO_THE_STORE = (
    (relay.timers, "sweep"),
    (relay.video_queue, "drop_absent"),
    (relay.claims, "tell_lapsed"),
    (relay.calls, "close_left"),
    (relay.bookings, "close_missed"),
    (relay.bookings, "remind"),
    (relay, "forget_expired"),
    (relay.proposals, "discard_old"),
    (relay, "shred_given_up"),
)


def test_a_chore_that_fails_stops_nobody() -> None:
    done: list[str] = []

    def broken() -> None:
        raise RuntimeError

    todo = [Chore("broken", 1.0, broken), Chore("sound", 1.0, lambda: done.append("done"))]
    for now in (0.0, 0.5, 1.0):
        for chore in todo:
            chore.perhaps(now)
    assert done == ["done", "done"]


def test_everything_that_somebody_waits_for_is_a_chore(monkeypatch: pytest.MonkeyPatch) -> None:
    """Timers, the line, appointments, what expires, what is shredded: none of it is done by anybody else."""
    house: Any = SimpleNamespace(store=object())
    done: list[tuple[str, object]] = []
    for place, name in DONE_TO_THE_STORE:
        monkeypatch.setattr(place, name, lambda store, name=name: done.append((name, store)))
    queue: Any = SimpleNamespace(connection=SimpleNamespace(ping=bool))
    monkeypatch.setattr(relay, "tidy", lambda queue: None)
    for chore in chores(house, queue):
        chore.perhaps(0.0)
    assert done == [(name, house.store) for _, name in DONE_TO_THE_STORE]


def test_the_beat_is_a_file_whose_time_is_now(tmp_path: Path) -> None:
    beat(tmp_path)
    sign = tmp_path / "beats" / "relay"
    before = sign.stat().st_mtime_ns
    beat(tmp_path)
    assert sign.stat().st_mtime_ns >= before
