"""Kaihu's own widgets as fields: values that the server established, appointments, reject reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from forms.context import Context, Question, Reason
from forms.document import Component
from forms.messages import Message, missing


class Given(fields.Field[object]):
    """A value that the server knows itself (a fixed name, a photo, a certificate). Nothing posted is read."""

    def __init__(self, part: Component, context: Context) -> None:
        empty = missing(part)
        super().__init__(required=part.required, allow_none=not part.required, error_messages={"required": empty})
        self.error_messages["null"] = empty

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> object:
        return value


class Agreements(fields.Field[object]):
    """Every document ticked, and the server's record of the signature over them as the value."""

    def __init__(self, part: Component, context: Context) -> None:
        empty = missing(part)
        super().__init__(required=True, error_messages={"required": empty})
        self.documents, self.signed, self.empty = context.agreements(part), context.given.get(part.key), empty

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> object:
        if set(self.documents) - set(value):
            raise ValidationError(self.empty)
        return self.signed if self.signed is not None else list(self.documents)


class Appointment(fields.Field[Mapping[str, str]]):
    """Half a day of those that are offered; the last place is given when it is booked."""

    def __init__(self, part: Component, context: Context) -> None:
        empty = missing(part)
        super().__init__(required=part.required, error_messages={"required": empty, "null": empty})
        self.offered = {half.id: half for half in context.half_days}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Mapping[str, str]:
        half = self.offered.get(value)
        if half is None:
            raise ValidationError(Message("这个时段不能预约，请从列表中选择一个时段"))
        if not half.free:
            raise ValidationError(Message(FULL))
        return {"half": half.id, "ends_at": half.ends_at}


FULL = "这个时段刚刚约满，请选择另一个时段"
"""Said by the form, and once more when the last place goes to somebody else while it is being booked."""


class RejectReasons(fields.Field[list[Mapping[str, str]]]):
    """The reasons of a rejection, each with the customer's text and the internal note."""

    def __init__(self, part: Component, context: Context) -> None:
        super().__init__(required=part.required, error_messages={"required": Message("请至少选择一个驳回原因")})
        self.required_reasons = part.required
        self.known = {reason.code: reason for reason in context.offered(part)}

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Mapping[str, str]]:
        if self.required_reasons and not value:
            raise ValidationError(Message("请至少选择一个驳回原因"))
        return [self._one(row) for row in value]

    def _one(self, row: Mapping[str, str]) -> Mapping[str, str]:
        reason = self.known.get(row["reason"])
        if reason is None:
            raise ValidationError(Message("所选的驳回原因不在原因目录中，请重新选择"))
        self._check_length(reason, row)
        text = row["customer_text"] or reason.customer_text
        return {"reason": reason.code, "customer_text": text, "internal_note": row["internal_note"]}

    def _check_length(self, reason: Reason, row: Mapping[str, str]) -> None:
        if max(len(row["internal_note"]), len(row["customer_text"])) > 500:
            raise ValidationError(Message("{label}最多 {limit} 个字，请缩短", label=reason.label, limit=500))


class KnowledgeQuestions(fields.Field[list[Mapping[str, object]]]):
    """What the customer answered to the questions of this call. Required: each is marked, and enough are right."""

    def __init__(self, part: Component, context: Context) -> None:
        super().__init__(load_default=list)
        self.must_pass, self.asked, self.needed = part.required, context.questions, context.needed

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[Mapping[str, object]]:
        marked = {one.code: value[one.code] for one in self.asked if value.get(one.code) in MARKS}
        if self.must_pass:
            self._check(marked)
        return [self._one(one, marked[one.code]) for one in self.asked if one.code in marked]

    def _check(self, marked: Mapping[str, str]) -> None:
        numbered = list(enumerate(self.asked, start=1))
        unsaid = {one.code: [Message("请记录第 {n} 题是否答对", n=n)] for n, one in numbered if one.code not in marked}
        if unsaid:
            raise ValidationError(unsaid)
        right = sum(mark == RIGHT for mark in marked.values())
        if right < self.needed:
            too_few = Message("客户答对 {right} 题，至少答对 {needed} 题才能通过", right=right, needed=self.needed)
            raise ValidationError(too_few)

    def _one(self, question: Question, mark: str) -> Mapping[str, object]:
        """The words stay with the decision, whatever becomes of the pool."""
        return {"question": question.code, "text": question.text, "right": mark == RIGHT}


RIGHT, WRONG = "right", "wrong"
MARKS = (RIGHT, WRONG)
