"""Telling the customer: which notice a step sends to his phone, written down in the transaction that it tells of.

A text is a job of the outbox that no task waits for: the case goes on whatever becomes of it, and what nobody could
send is an incident. Its arguments are names and ids; the words are found when it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from engine.cases import inbox
from engine.store import Store
from engine.tables import Job

if TYPE_CHECKING:
    from engine.bundles import Bundle
    from engine.diagrams.drawing import Drawing
    from engine.interpreter import FlowTaken

SERVICE, TEMPLATE = "notice.send", "template"


def reached(drawing: Drawing, flows: Iterable[FlowTaken]) -> list[str]:
    """The notices of the events that these flows came to; each event sends once."""
    places = dict.fromkeys((flow.process, flow.target) for flow in flows)
    return [drawing.sending[place] for place in places if place in drawing.sending]


def named(bundle: Bundle, what: str) -> str | None:
    """The notice that a step of this business names for what happens to bookings; None where it tells nobody."""
    return next((step.properties[what] for step in bundle.steps if what in step.properties), None)


def text(store: Store, case_id: str, notice: str, now: datetime, **about: str) -> Job:
    """The row of a text; `about` are ids of what it speaks of."""
    return inbox.new_job(store, case_id, SERVICE, {TEMPLATE: notice, **about}, now)
