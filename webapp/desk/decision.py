"""The decision of a desk: its form, the reasons it may give, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from engine import calls, drafts
from engine.bundles import Bundle
from engine.cases import Completion, RejectionInput, complete
from engine.cases.waiting import is_queue
from engine.tables import Case, Task
from forms.context import Context, Reason
from forms.document import Component, Form
from forms.load import Invalid, Loaded, load
from forms.typed import typed
from webapp.access import current_staff
from webapp.house import bundle_of, clock, company, look_again, reading, say, settings, store, vault
from webapp.language import words as _
from webapp.steps.fields import Drawing
from webapp.steps.posted import nonce


class Decision:
    """The form of one desk task."""

    def __init__(self, case: Case, task: Task) -> None:
        self.case, self.task = case, task
        self.bundle: Bundle = bundle_of(case)
        key = self.bundle.step(task.step).form
        self.form = Form.parse(self.bundle.forms[key], key)

    @property
    def context(self) -> Context:
        return Context(today=clock().now().date(), reasons=self.reasons)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons of the catalogue that this desk may give."""
        mine = (one for one in self.bundle.reasons if self.task.step in one.desks)
        return tuple(Reason(one.code, one.text, one.customer_text, one.field, one.step, one.final) for one in mine)

    def drawing(self, values: Mapping[str, object], errors: Mapping[str, str]) -> Drawing:
        return Drawing(self.form, values, errors, self.context, lambda text: say(self.bundle, text), {}, self._extra)

    def draft(self) -> Mapping[str, object]:
        return drafts.load(reading(), vault(), self.case.id, self.task.step, current_staff().id)

    def save_draft(self) -> tuple[str, dict[str, object]]:
        values = typed(self.form, posted())
        moment = drafts.save(store(), self.case.id, self.task.step, current_staff().id, values)
        look_again()
        return f"{moment:%H:%M}", values

    def load(self) -> Loaded:
        return load(self.form, posted(), self.context)

    def complete(self, loaded: Loaded) -> None:
        """Hand the decision to the engine; the reasons go along as rejections, a call as its row."""
        self._check_medium(loaded)
        complete(
            store(),
            Completion(
                self.task.id,
                current_staff().actor,
                nonce(),
                answers=loaded.values,
                facts=loaded.facts,
                rejections=tuple(self._rejections(loaded)),
            ),
            lambda tx: self._note_call(tx, loaded),
        )
        look_again()

    @property
    def is_call(self) -> bool:
        """Whether this desk talks to the customer: people stand in line for it."""
        return is_queue(self.bundle.step(self.task.step))

    def _verdict(self, loaded: Loaded) -> tuple[str, str]:
        """The key of the decision's field, and what was decided."""
        key = next((part.key for part in self.form.fields if part.widget == "desk_decision"), "")
        return key, str(loaded.values.get(key) or "")

    def _check_medium(self, loaded: Loaded) -> None:
        """Nobody passes unseen: without a medium only a demonstration lets a call pass."""
        key, verdict = self._verdict(loaded)
        if self.is_call and verdict == calls.PASS and not company().demonstration:
            told = _("还没有实时视频，不能通过视频验证。请选择“用户中断”，并请客户到营业部柜台办理。")
            raise Invalid({key: told}, typed(self.form, posted()))

    def _note_call(self, tx: Session, loaded: Loaded) -> None:
        if self.is_call:
            task = tx.get_one(Task, self.task.id)
            calls.record(tx, settings().ids, task, self._verdict(loaded)[1], clock().now())

    def _rejections(self, loaded: Loaded) -> list[RejectionInput]:
        key = next((part.key for part in self.form.fields if part.widget == "reject_reasons"), "")
        chosen: Any = loaded.values.get(key) or []
        fields = {reason.code: reason.field for reason in self.reasons}
        return [
            RejectionInput(row["reason"], fields[row["reason"]], row["customer_text"], row["internal_note"])
            for row in chosen
        ]

    def _extra(self, drawing: Drawing, part: Component, name: str) -> Mapping[str, object]:
        if part.widget != "reject_reasons":
            return {}
        typed_rows: Any = drawing.values.get(part.key) or []
        rows = {row["reason"]: row for row in typed_rows}
        return {"reasons": [self._choice(reason, rows.get(reason.code)) for reason in self.reasons]}

    def _choice(self, reason: Reason, row: Mapping[str, str] | None) -> dict[str, object]:
        step = say(self.bundle, self.bundle.step(reason.step).name) if reason.step else ""
        return {
            "code": reason.code,
            "label": say(self.bundle, reason.label),
            "step": step,
            "final": reason.final,
            "chosen": row is not None,
            "customer_text": (row or {}).get("customer_text") or reason.customer_text,
            "internal_note": (row or {}).get("internal_note", ""),
            "needs_note": reason.needs_note,
        }


def posted() -> dict[str, list[str]]:
    return {name: request.form.getlist(name) for name in request.form}
