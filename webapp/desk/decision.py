"""The decision of a desk: its form, the reasons it may give, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import request
from sqlalchemy.orm import Session

from engine import call_timeline, calls, comments, drafts
from engine.bundles import Bundle
from engine.cases import Completion, RejectionInput, complete
from engine.cases.waiting import is_queue
from engine.tables import Case, Task
from forms.context import Context, Question, Reason
from forms.document import Component
from forms.load import Invalid, Loaded, load
from forms.typed import Posted, typed
from webapp.access import current_staff
from webapp.desk import choices
from webapp.desk.comments import typed_comment
from webapp.desk.passing import missing
from webapp.house import bundle_of, clock, form_of, look_again, reading, say, store, vault
from webapp.language import words as _
from webapp.steps.fields import Drawing
from webapp.steps.posted import nonce

AT_ONCE = "at_once"
"""The name of the buttons that conclude by one click (`properties.oneClick`)."""


class Decision:
    """The form of one desk task."""

    def __init__(self, case: Case, task: Task) -> None:
        self.case, self.task = case, task
        self.bundle: Bundle = bundle_of(case)
        key = self.bundle.step(task.step).form
        self.form = form_of(self.bundle, key)

    @property
    def context(self) -> Context:
        asked = self.bundle.questions
        drawn = asked.drawn(self.task.id) if asked else ()
        return Context(
            today=clock().now().date(),
            reasons=self.reasons,
            questions=tuple(Question(one.code, one.text, one.answer) for one in drawn),
            needed=asked.needed if asked else 0,
        )

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons of the catalogue that this desk may give."""
        mine = (one for one in self.bundle.reasons if self.task.step in one.desks)
        return tuple(Reason(one.code, one.text, one.customer_text, one.field, one.step, one.final) for one in mine)

    @property
    def verdict_field(self) -> Component | None:
        """The field that says what was decided."""
        return next((part for part in self.form.fields if part.widget == "desk_decision"), None)

    @property
    def points(self) -> list[Component]:
        """The points of the checklist."""
        return [part for part in self.form.fields if part.widget == "desk_check"]

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """What is concluded by one click: value and label."""
        part = self.verdict_field
        options = [one for one in part.options if one.value in part.names("oneClick")] if part else []
        return [(one.value, say(self.bundle, one.label)) for one in options]

    @property
    def is_call(self) -> bool:
        """Whether this desk talks to the customer: people stand in line for it."""
        return is_queue(self.bundle.step(self.task.step))

    def drawing(self, values: Mapping[str, object], errors: Mapping[str, str]) -> Drawing:
        words = lambda text: say(self.bundle, text)  # noqa: E731
        return Drawing(self.form, values, errors, self.context, words, {}, self._extra)

    def draft(self) -> Mapping[str, object]:
        return drafts.load(reading(), vault(), self.case.id, self.task.step, current_staff().id)

    def save_draft(self) -> tuple[str, dict[str, object]]:
        values = typed(self.form, self.posted())
        moment = drafts.save(store(), self.case.id, self.task.step, current_staff().id, values)
        look_again()
        return f"{moment:%H:%M}", values

    def posted(self) -> Posted:
        """What was sent; a button that concludes at once counts before what had been chosen."""
        given = {name: request.form.getlist(name) for name in request.form}
        part, pressed = self.verdict_field, request.form.get(AT_ONCE)
        if part and pressed in part.names("oneClick"):
            given[part.key] = [pressed]
        return given

    def load(self) -> Loaded:
        """The decision as it was sent; Invalid with a sentence for whatever is missing."""
        loaded = load(self.form, self.posted(), self.context)
        self._check_seen(loaded)
        return loaded

    def complete(self, loaded: Loaded) -> None:
        """Hand the decision to the engine; the reasons go along as rejections, a call as its row, a comment too."""
        complete(
            store(),
            Completion(
                self.task.id,
                current_staff().actor,
                nonce(),
                answers=loaded.values,
                facts=loaded.facts,
                rejections=tuple(self.rejections(loaded)),
            ),
            lambda tx: self._write_along(tx, loaded),
        )
        look_again()

    def told(self, loaded: Loaded) -> str:
        """What was decided, in the words of the form and of the catalogue: 退回修改（证件照不清晰、签名照不清晰）."""
        part, verdict = self.verdict_field, self.verdict(loaded)
        labels = {one.value: one.label for one in (part.options if part else ())}
        names = {reason.code: reason.label for reason in self.reasons}
        given = _("、").join(say(self.bundle, names[one.reason]) for one in self.rejections(loaded))
        said = say(self.bundle, labels.get(verdict, verdict))
        return _("%(verdict)s（%(reasons)s）", verdict=said, reasons=given) if given else said

    def verdict(self, loaded: Loaded) -> str:
        part = self.verdict_field
        return str(loaded.values.get(part.key) or "") if part else ""

    def rejections(self, loaded: Loaded) -> Iterator[RejectionInput]:
        """The reasons that were given, by whichever field offered them."""
        fields = {reason.code: reason.field for reason in self.reasons}
        for part in self.form.fields:
            rows: Any = loaded.values.get(part.key) or () if part.widget == "reject_reasons" else ()
            for row in rows:
                code = row["reason"]
                yield RejectionInput(code, fields[code], row["customer_text"], row["internal_note"])

    def _check_seen(self, loaded: Loaded) -> None:
        """Nobody passes unseen: without its recording and its stills a call does not end with a pass."""
        part = self.verdict_field
        if part is None or not self.is_call or self.verdict(loaded) != calls.PASS:
            return
        if told := missing(self.case.id, part):
            raise Invalid({part.key: told}, typed(self.form, self.posted()))

    def _write_along(self, tx: Session, loaded: Loaded) -> None:
        if self.is_call:
            call = calls.conclude(store(), tx, tx.get_one(Task, self.task.id), self.verdict(loaded))
            ticked = (part.key for part in self.points if loaded.values.get(part.key) is True)
            call_timeline.settle(tx, call, ticked, (part.key for part in self.points), clock().now())
        if text := typed_comment():
            comments.put(store(), tx, self.task.id, current_staff().actor, text)

    def _extra(self, drawing: Drawing, part: Component, name: str) -> Mapping[str, object]:
        if part.widget == "reject_reasons":
            return {"reasons": choices.reasons(self.bundle, drawing, part)}
        return {"questions": choices.questions(drawing, part)} if part.widget == "knowledge_questions" else {}
