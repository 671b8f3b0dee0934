"""The step that is asked of an investor: its case, version, task and form, found only among his own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import select

from engine import rows
from engine.bundles import Bundle
from engine.diagrams.steps import UserTask
from engine.tables import Case, Rejection, Task
from forms.document import Component, Form
from webapp.access import INVESTOR_ROLE
from webapp.house import bundle_of, form_of, reading, vault

_TASK = rows.by_key(Task)


@dataclass(frozen=True)
class Remark:
    """What a desk told the customer of one field, or of the step (no field)."""

    field: str | None
    text: str


@dataclass(frozen=True)
class Asked:
    """One open task with everything that its page is made from."""

    case: Case
    bundle: Bundle
    task: Task

    @property
    def step(self) -> UserTask:
        return self.bundle.step(self.task.step)

    @cached_property
    def form(self) -> Form:
        return form_of(self.bundle, self.step.form)

    @cached_property
    def rejections(self) -> list[Rejection]:
        """The reasons for which this step is asked again."""
        told = select(Rejection).where(
            Rejection.case_id == self.case.id, Rejection.step == self.task.step, Rejection.resolved_at.is_(None)
        )
        return list(reading().scalars(told.order_by(Rejection.at)))

    @cached_property
    def remarks(self) -> list[Remark]:
        opened = ((row.field, vault().open("rejections.customer_text", row.customer_text)) for row in self.rejections)
        return [Remark(field, text) for field, text in opened]

    @property
    def reads(self) -> bool:
        """Whether a field starts with what a photograph says."""
        return any("read" in part.properties for part in self.form.fields)

    def with_widget(self, *widgets: str) -> Component | None:
        """The first field that is drawn by one of these."""
        return next((part for part in self.form.fields if part.widget in widgets), None)


def open_task(case: Case) -> Task | None:
    """The step of the case that waits for its customer; the newest, should there be several."""
    mine = select(Task).where(Task.case_id == case.id, Task.role == INVESTOR_ROLE, Task.closed_at.is_(None))
    return reading().scalars(mine.order_by(Task.opened_at.desc(), Task.id)).first()


def asked(case: Case, task_id: str) -> Asked | None:
    """The open step behind an address; None when it is closed, unknown, or of another case."""
    task: Task | None = rows.first(reading(), _TASK, key=task_id)
    mine = task is not None and task.case_id == case.id and task.role == INVESTOR_ROLE and task.closed_at is None
    return Asked(case, bundle_of(case), task) if task and mine else None
