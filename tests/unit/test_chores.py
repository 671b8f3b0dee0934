"""The relay's chores, each at its own pace."""

from __future__ import annotations

from workers.relay import Chore


def test_a_chore_that_fails_stops_nobody() -> None:
    done: list[str] = []

    def broken() -> None:
        raise RuntimeError

    todo = [Chore("broken", 1.0, broken), Chore("sound", 1.0, lambda: done.append("done"))]
    for now in (0.0, 0.5, 1.0):
        for chore in todo:
            chore.perhaps(now)
    assert done == ["done", "done"]
