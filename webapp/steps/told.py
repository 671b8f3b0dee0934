"""What the open page of a case is told: that the case has changed, and where its customer is in line."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from flask import Response
from sqlalchemy.exc import SQLAlchemyError

from engine.changes import branch_box, case_box
from engine.store import Store
from webapp.access import investor_only, my_case, quiet
from webapp.house import store
from webapp.steps.marks import mark
from webapp.steps.views import blueprint
from webapp.streams.answer import event, hold
from webapp.streams.bell import Waiter
from webapp.streams.lines import Lines
from webapp.streams.streams import streams

GRID = 1.0
"""Changes of a line are told at whole seconds: one look at it serves all who wait."""
BEAT_EVERY = 30.0


@blueprint.get("/cases/<case_id>/events")
@quiet
@investor_only
def events(case_id: str) -> Response:
    """A stream of `case` (another value: it has changed), of `line` while he is in one, of `beat`: give a sign of life.

    204 where there is none: the page asks.
    """
    found = my_case(case_id)
    told = Told(store(), streams().lines, found.id, found.branch_id)
    return hold([case_box(found.id), branch_box(found.branch_id)], told.events)


@dataclass
class Told:
    """What one page has been told."""

    store: Store
    lines: Lines
    case_id: str
    branch_id: str
    mark: str = ""
    last: dict[str, object] = field(default_factory=dict)
    beat_at: float = field(default_factory=lambda: time.monotonic() + BEAT_EVERY)

    def events(self, waiter: Waiter) -> Iterator[str]:
        """How things are, then what is new each time that it rings; it ends when the database does not answer."""
        try:
            while True:
                now = self._now(waiter)
                if now != self.last:
                    self.last = now
                    yield event(now)
                if "line" in now and time.monotonic() >= self.beat_at:
                    self.beat_at = time.monotonic() + BEAT_EVERY
                    yield event({"beat": True})
                yield ""
        except SQLAlchemyError:
            return

    def _now(self, waiter: Waiter) -> dict[str, object]:
        """A look at the case where it rang or nothing did; a look at the line that may be a second old then."""
        rung, mine = waiter.rung(), case_box(self.case_id)
        if rung and mine not in rung:
            waiter.wait(GRID - time.monotonic() % GRID)
            rung |= waiter.rung()
        since = waiter.rung_at if rung else time.monotonic() - GRID
        if not rung or mine in rung:
            self._look()
        where = self.lines.where(self.store, self.branch_id, self.case_id, since)
        return {"case": self.mark, **({"line": asdict(where)} if where else {})}

    def _look(self) -> None:
        with self.store.read() as tx:
            self.mark = mark(tx, self.case_id)
