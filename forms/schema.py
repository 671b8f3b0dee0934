"""A form-js document becomes a marshmallow schema; every field type is named here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from marshmallow import EXCLUDE, Schema, fields

from forms import lists, standard, widgets
from forms.context import Context
from forms.document import Component, Form

Maker = Callable[[Component, Context], "fields.Field[Any]"]


def schema_of(form: Form, context: Context, hidden: frozenset[str] = frozenset()) -> Schema:
    """The schema of what this form asks now: hidden fields are not in it, unknown keys are dropped."""
    asked = {part.key: field_of(part, context) for part in form.fields if part.key not in hidden}
    return _FormSchema(asked)


class _Own(dict[str, "fields.Field[Any]"]):
    """Fields that were made for one schema. marshmallow would copy each of them, lest two schemas share it."""

    def __deepcopy__(self, _: object) -> _Own:
        return self


class _FormSchema(Schema):
    """A schema of these fields. marshmallow's own way there makes a class of them, which costs more than to use it."""

    def __init__(self, asked: dict[str, fields.Field[Any]]) -> None:
        self._declared_fields = _Own(asked)
        super().__init__(unknown=EXCLUDE)


def field_of(part: Component, context: Context) -> fields.Field[Any]:
    """The field that takes this component's typed value and refuses it in Chinese."""
    if part.type == "dynamiclist":
        return _list(part, context)
    maker = WIDGETS.get(part.widget) or (widgets.Given if part.disabled else TYPES.get(part.type))
    if maker is None:
        raise LookupError(f"no field type for {part.widget!r} of {part.key!r}")
    return maker(part, context)


def _list(part: Component, context: Context) -> fields.Field[Any]:
    row = Form(part.key, part.components)
    if part.widget != "bank_cards":
        return lists.Rows(part, schema_of(row, context))
    banks = context.cards.banks
    return lists.BankCards(
        part, context, lambda bank: schema_of(row, replace(context, bank=bank if bank in banks else None))
    )


TYPES: Mapping[str, Maker] = {
    "textfield": standard.text,
    "textarea": standard.text,
    "number": standard.number,
    "datetime": standard.moment,
    "checkbox": standard.tick,
    "radio": standard.text,
    "select": standard.text,
    "checklist": standard.ticks,
    "taglist": standard.ticks,
}
"""form-js types that come without a widget of ours."""

WIDGETS: Mapping[str, Maker] = {
    "photo": widgets.Given,
    "photo_review": standard.tick,
    "document": standard.tick,
    "notice": standard.tick,
    "fixed": widgets.Given,
    "certificate": widgets.Given,
    "install_certificate": widgets.Given,
    "agreements": widgets.Agreements,
    "desk_decision": standard.text,
    "desk_check": standard.tick,
    "knowledge_questions": widgets.KnowledgeQuestions,
    "reject_reasons": widgets.RejectReasons,
    "device_check": widgets.Given,
    "device_state": widgets.Given,
    "device_choice": standard.text,
    "video_choice": standard.text,
    "appointment": widgets.Appointment,
    "appointment_choice": standard.text,
}
"""`properties.widget`, beside `bank_cards`, which is a list, and `bank_links`, which asks for nothing."""

KNOWN_WIDGETS = frozenset(WIDGETS) | {"bank_cards", "bank_links"}
