"""What a write unit has changed, told when it is written: pages that lie open are shown what is new at once.

Telling may fail and may be lost; whoever shows something asks again by himself, only later.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.orm import Session

from engine.tables import Case, Photo, Presence, QueueEvent

CHANNEL = "kaihu:bell"
"""Where the queue server carries the names of the boxes that something is new in."""
SILENCE = 5.0
_CHANGED = "kaihu.changed"
Tell = Callable[[frozenset[str]], None]


def case_box(case_id: str) -> str:
    """Whoever shows this case."""
    return f"case:{case_id}"


def branch_box(branch_id: str) -> str:
    """Whoever shows the lines and queues of this branch."""
    return f"branch:{branch_id}"


class Unit(Session):
    """The session of a write unit: it has one connection, and notes what it changes."""

    _held: Connection | None = None

    def connection(self, *args: Any, **kwargs: Any) -> Connection:
        """To be asked for it again costs SQLAlchemy as much as a small statement."""
        if self._held is None or self._held.closed:
            self._held = super().connection(*args, **kwargs)
        return self._held

    @property
    def changed(self) -> frozenset[str]:
        return frozenset(self.info.get(_CHANGED, ()))


@event.listens_for(Unit, "before_flush")
def _note(unit: Session, _: Any, __: Any) -> None:
    """A case has a new version with each of its steps, claims and ends; other rows of it change along with it."""
    for row in (*unit.new, *unit.dirty):
        if isinstance(row, Case) and unit.is_modified(row):
            note_case(unit, row.id, row.branch_id)
        elif isinstance(row, Photo) and unit.is_modified(row):
            _noted(unit).add(case_box(row.case_id))
        elif isinstance(row, QueueEvent | Presence) and unit.is_modified(row):
            _noted(unit).add(branch_box(row.branch_id))


def note_case(unit: Session, case_id: str, branch_id: str) -> None:
    """For who writes a case beside the ORM, too."""
    _noted(unit).update((case_box(case_id), branch_box(branch_id)))


def _noted(unit: Session) -> set[str]:
    noted: set[str] = unit.info.setdefault(_CHANGED, set())
    return noted


def nobody(changed: frozenset[str]) -> None:
    """Where no page is told: it asks."""


class Teller:
    """Tells through `publish`. One that fails is left alone for a while: no work of a person waits for it again."""

    def __init__(self, publish: Callable[[str, str], object]) -> None:
        self._publish = publish
        self._silent_until = 0.0

    def __call__(self, changed: frozenset[str]) -> None:
        if not changed or time.monotonic() < self._silent_until:
            return
        try:
            for box in sorted(changed, reverse=True):  # a case before its branch: its own page waits for it
                self._publish(CHANNEL, box)
        except Exception:  # what was written stays written, whatever the carrier says
            self._silent_until = time.monotonic() + SILENCE
