"""The page of a claimed task: queue left, case in the middle, decision right."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template

from engine.cases.status import is_claimed
from engine.tables import Case, Task
from webapp.access import current_staff
from webapp.calls.panes import call_pane
from webapp.desk import queue
from webapp.desk.comments import typed_comment
from webapp.desk.decision import Decision
from webapp.desk.papers import Papers, account_lines
from webapp.house import clock, reading, say, settings
from webapp.steps.flow import drawn


def page(
    found: Task,
    values: Mapping[str, object] | None = None,
    errors: Mapping[str, str] | None = None,
    revealed: bool = False,
) -> str:
    """The case with what was decided so far: the draft, or what was refused just now."""
    decision = decision_of(found)
    drawing = decision.drawing(decision.draft() if values is None else values, errors or {})
    papers = Papers(decision.case, revealed)
    return render_template(
        "desk/case.html",
        listing=queue.listing(found.id),
        here=found.id,
        task=reading().get_one(Task, found.id),
        case=decision.case,
        bundle=decision.bundle,
        step=step_name(found),
        papers=papers,
        account=account_lines(papers.person),
        pictures=drawn(decision.case),
        fields=drawing.fields(),
        errors=drawing.summary(),
        buttons=decision.buttons,
        call=call_pane(found) if decision.is_call else None,
        comment=typed_comment(),
        submission=settings().ids.new(),
        revealed=revealed,
    )


def decision_of(found: Task) -> Decision:
    return Decision(reading().get_one(Case, found.case_id), found)


def is_mine(found: Task) -> bool:
    """Whether the reader holds a live claim on it."""
    return found.claimed_by == current_staff().id and is_claimed(found, clock().now())


def step_name(found: Task) -> str:
    bundle = decision_of(found).bundle
    return say(bundle, bundle.step_name(found.step))
