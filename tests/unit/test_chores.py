"""The relay's chores, each at its own pace."""

from __future__ import annotations

from pathlib import Path

from workers.relay import Chore, beat


def test_a_chore_that_fails_stops_nobody() -> None:
    done: list[str] = []

    def broken() -> None:
        raise RuntimeError

    todo = [Chore("broken", 1.0, broken), Chore("sound", 1.0, lambda: done.append("done"))]
    for now in (0.0, 0.5, 1.0):
        for chore in todo:
            chore.perhaps(now)
    assert done == ["done", "done"]


def test_the_beat_is_a_file_whose_time_is_now(tmp_path: Path) -> None:
    beat(tmp_path)
    sign = tmp_path / "beats" / "relay"
    before = sign.stat().st_mtime_ns
    beat(tmp_path)
    assert sign.stat().st_mtime_ns >= before
