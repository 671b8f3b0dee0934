"""What a page of a call begins with: whom it shows, and where in its mailbox it begins to listen."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from engine import calls
from engine.errors import Refused
from engine.tables import Case, Staff, Task, VideoCall
from webapp.access import current_staff
from webapp.calls import engines, signals
from webapp.house import clock, look_again, reading, store


@dataclass(frozen=True)
class CallPage:
    """The customer's. `consented`: he has agreed to the recording before, and loads the page once more."""

    after: str
    verifier: str
    consented: bool


@dataclass(frozen=True)
class CallPane:
    """The verifier's."""

    after: str


def call_page(case: Case) -> CallPage:
    call = calls.of_case(reading(), case.id, clock().now())
    member = reading().get(Staff, call.verifier) if call else None
    agreed = call is not None and call.consented_at is not None
    return CallPage(signals.newest(call, signals.INVESTOR), member.name if member else "", agreed)


def call_pane(task: Task) -> CallPane:
    return CallPane(signals.newest(room(task), signals.VERIFIER))


def room(task: Task) -> VideoCall | None:
    """The call of the claim on this task, opened now if it is not; None where it cannot be: its page asks again."""
    with suppress(Refused):
        call = calls.room(store(), task.id, current_staff().actor, engines.chosen())
        look_again()
        return call
    return None
