"""Two people meet in a fixed order: one has all but committed when the other begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from threading import Event, Thread

from sqlalchemy.orm import Session

from engine.errors import Refused
from engine.store import Store

PATIENCE = 30


@dataclass
class Pausing(Store):
    """A store that stops just before it commits, until it is told to go on."""

    reached: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)

    @contextmanager
    def write(self) -> Iterator[Session]:
        with super().write() as tx:
            yield tx
            tx.flush()
            self.reached.set()
            assert self.go_on.wait(PATIENCE)


def pausing(store: Store) -> Pausing:
    return Pausing(*(getattr(store, each.name) for each in fields(store)))


def outcome(move: Callable[[], object], into: list[str], name: str | None = None) -> Thread:
    def run() -> None:
        try:
            move()
            into.append("won")
        except Refused as refusal:
            into.append(type(refusal).__name__)

    thread = Thread(target=run, name=name)
    thread.start()
    return thread


def meet(store: Store, first: Callable[[Store], object], second: Callable[[Store], object]) -> tuple[str, str]:
    """The first stops before its commit, the second begins; then both end. What each was answered."""
    paused = pausing(store)
    one: list[str] = []
    two: list[str] = []
    leading = outcome(lambda: first(paused), one)
    assert paused.reached.wait(PATIENCE)
    following = outcome(lambda: second(store), two)
    following.join(0.3)
    assert two == [], "the first has not committed yet"
    paused.go_on.set()
    leading.join(PATIENCE)
    following.join(PATIENCE)
    return one[0], two[0]
