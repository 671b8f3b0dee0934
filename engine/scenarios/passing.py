"""Time passes in a sandbox: the clock goes from one due timer to the next, and each fires when it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from engine import timers
from engine.scenarios.sandbox import HandClock
from engine.scenarios.standing import Standing
from engine.store import Store


def pass_until(stands: Standing, until: datetime, settle: Callable[[], None]) -> None:
    """Every timer on the way fires at its own moment, and `settle` lets the services answer after each."""
    while (due := _next(stands)) is not None and due <= until:
        fire(stands.store, due)
        settle()
    _clock(stands.store).moment = until


def fire(store: Store, due: datetime) -> int:
    """The clock goes on to this moment; how many timers fired."""
    clock = _clock(store)
    clock.moment = max(clock.moment, due)
    return timers.sweep(store)


def _next(stands: Standing) -> datetime | None:
    waiting = Standing(stands.store, stands.bundle, stands.case_id).timers
    return waiting[0].due_at if waiting else None


def _clock(store: Store) -> HandClock:
    assert isinstance(store.clock, HandClock)
    return store.clock
