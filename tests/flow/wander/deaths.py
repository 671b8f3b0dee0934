"""Where a process dies: between two writes, before its commit, or after the commit and before its answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from engine.errors import Conflict
from engine.store import Store

BETWEEN, BEFORE, AFTER, RACE = "between two writes", "before the commit", "after the commit", "loses a race"
WRITING = ("INSERT", "UPDATE", "DELETE")


class Died(BaseException):
    """The process is gone. No exception that a program could catch: nothing of it runs on."""


@dataclass(frozen=True)
class Fate:
    """What happens to whoever acts. `at` counts the commits of his move, or its writing statements, from 0."""

    how: str
    at: int

    def __str__(self) -> str:
        return f"{self.how} ({self.at})"


FATES: tuple[Fate | None, ...] = (
    *(None,) * 12,
    *(Fate(how, 0) for how in (BEFORE, AFTER, RACE)),
    *(Fate(how, 1) for how in (BEFORE, AFTER)),
    *(Fate(BETWEEN, at) for at in (0, 1, 2, 3, 5, 8, 13)),
)
"""Most live. Of those who die some have written nothing, some all but one row. A lost race is tried again at once."""


@dataclass
class Mortal(Store):
    """A store whose process may die in its next write units; without a fate it is any other."""

    fate: Fate | None = None
    commits: int = 0
    writes: int = 0

    @classmethod
    def of(cls, store: Store) -> Mortal:
        mortal = cls(*(getattr(store, each.name) for each in fields(Store)))
        event.listen(mortal.db, "before_cursor_execute", mortal._statement)
        return mortal

    def meets(self, fate: Fate | None) -> None:
        self.fate, self.commits, self.writes = fate, 0, 0

    def comes_up_again(self) -> None:
        """Another process: no connection of the old one, no fate."""
        self.db.dispose()
        self.fate = None

    @contextmanager
    def write(self) -> Iterator[Session]:
        with super().write() as tx:
            yield tx
            tx.flush()
            self._at(BEFORE, self.commits)
            self._at(RACE, self.commits)
        self.commits += 1
        self._at(AFTER, self.commits - 1)

    def _statement(self, connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        if self.fate is not None and statement.startswith(WRITING):
            self._at(BETWEEN, self.writes)
            self.writes += 1

    def _at(self, how: str, number: int) -> None:
        if self.fate == Fate(how, number):
            self.fate = None
            raise Conflict("another was faster") if how == RACE else Died
