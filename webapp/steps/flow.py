"""The flow of a case: its diagrams with the way it has gone, and the same as a list (S1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue as Page
from sqlalchemy import select

from engine.cases import open_tasks, way_of
from engine.tables import Case, Rejection, Task
from webapp.access import investor_only, my_case
from webapp.house import bundle_of, reading, say, vault
from webapp.steps import flow_way, progress
from webapp.steps.asked import open_task
from webapp.steps.flow_picture import Picture, pictures
from webapp.steps.views import blueprint


@dataclass(frozen=True)
class Line:
    """One step of the way in words: what became of it (`how` is empty while it is open), and what a desk said."""

    name: str
    round: int
    opened_at: datetime
    closed_at: datetime | None
    how: str
    reasons: tuple[str, ...]


@blueprint.get("/cases/<case_id>/flow")
@investor_only
def flow(case_id: str) -> Page:
    case = my_case(case_id)
    stages = progress.stages(case)
    return render_template(
        "steps/flow.html",
        case=case,
        bundle=bundle_of(case),
        status=say(bundle_of(case), case.status),
        mine=open_task(case) is not None,
        pictures=drawn(case),
        lines=lines(case),
        stages=stages,
        stage=progress.current(stages),
    )


def drawn(case: Case) -> list[Picture]:
    """The diagrams of the case's own version, with its way on them."""
    bundle = bundle_of(case)
    open_steps = [task.step for task in open_tasks(reading(), case.id)]
    way = flow_way.way_of(bundle.drawing, way_of(reading(), case.id), open_steps)
    return pictures(bundle.drawing, lambda text: say(bundle, text), way)


def lines(case: Case) -> list[Line]:
    """Every step that was ever open, in the order of opening."""
    rows = reading().scalars(select(Task).where(Task.case_id == case.id).order_by(Task.opened_at, Task.id))
    return [_line(case, row) for row in rows]


def _line(case: Case, row: Task) -> Line:
    bundle = bundle_of(case)
    said = select(Rejection).where(Rejection.case_id == case.id, Rejection.task_id == row.id).order_by(Rejection.at)
    reasons = tuple(vault().open("rejections.customer_text", one.customer_text) for one in reading().scalars(said))
    name = say(bundle, bundle.step_name(row.step))
    return Line(name, row.round, row.opened_at, row.closed_at, row.closed_how or "", reasons)
