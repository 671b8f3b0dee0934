"""A form is filled in by what a scenario says of it, and judged like a person's entry: the same schema, the same words.

What the scenario does not say is a specimen. What the server would establish (a certificate, a free half of a day, the
reasons that a desk may give) is there as the scenario says it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from engine.feel.said import Said
from forms import faults
from forms.conditions import hidden_fields
from forms.context import Context, Question, Reason
from forms.document import Component, Form
from forms.facts import fact_type
from forms.load import Invalid, Scalar, judge
from forms.messages import in_english
from forms.specimens import CARDS, HALF, choices, half_day, specimen
from forms.typed import is_given

YES_OR_NO = {"true": True, "false": False}


class Entry(Protocol):
    """What is said of a form: by fact or by field, with the reasons that a desk gives.

    `offered` are the desk's reasons, true where one is final. `questions` are the codes of those that are asked.
    """

    @property
    def said(self) -> Mapping[str, str]: ...
    @property
    def today(self) -> date: ...
    @property
    def given(self) -> tuple[str, ...]: ...
    @property
    def offered(self) -> Mapping[str, bool]: ...
    @property
    def questions(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Filled:
    """Answers, facts and reasons as the form takes them; `wrong` says by name why it does not."""

    values: Mapping[str, object] = field(default_factory=dict)
    facts: Mapping[str, Scalar] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    wrong: tuple[tuple[str, Said], ...] = ()


def fill(document: dict[str, Any], entry: Entry, english: Mapping[str, str]) -> Filled:
    """Fill in the form and judge it."""
    form = Form.parse(document, "")
    if unclear := _unclear(form, entry):
        return Filled(wrong=tuple((name, faults.NO_YES_OR_NO) for name in unclear))
    values = {part.key: _value(part, entry) for part in form.fields}
    values = {key: value for key, value in values.items() if value is not None}
    try:
        loaded = judge(form, values, _context(form, values, entry))
    except Invalid as refused:
        return Filled(wrong=tuple(_said(form, key, text, english) for key, text in refused.errors.items()))
    reasons = _reasons(form, loaded.values)
    wrong = tuple((name, faults.NOT_ASKED) for name in _unasked(form, values, entry))
    lost = tuple((code, faults.NO_REASON_ASKED) for code in entry.given if code not in reasons)
    return Filled(loaded.values, loaded.facts, reasons, wrong + lost)


def _value(part: Component, entry: Entry) -> object:
    said = entry.said.get(part.key, entry.said.get(part.properties.get("fact", "")))
    if part.widget == "reject_reasons":
        return [_row(code) for code in entry.given if _offers(part, entry.offered.get(code))]
    if said is None:
        return specimen(part, entry.today, entry.questions)
    if part.widget == "appointment":
        return HALF
    if part.type in ("checklist", "taglist"):
        return [one.strip() for one in said.split(",") if one.strip()]
    if part.widget == "install_certificate":
        return "specimen" if said == "true" else None
    return YES_OR_NO[said] if _is_yes_or_no(part) else said


def _unclear(form: Form, entry: Entry) -> list[str]:
    """What is neither yes nor no where it has to be."""
    names = {name for part in form.fields if _is_yes_or_no(part) for name in (part.key, part.properties.get("fact"))}
    return [name for name, said in entry.said.items() if name in names and said not in YES_OR_NO]


def _is_yes_or_no(part: Component) -> bool:
    return part.type == "checkbox" or fact_type(part) == "boolean"


def _row(code: str) -> dict[str, str]:
    return {"reason": code, "customer_text": "", "internal_note": ""}


def _offers(part: Component, final: bool | None) -> bool:
    offers = part.properties.get("offers")
    return final is not None and (offers is None or final is (offers == "final"))


def _context(form: Form, values: Mapping[str, object], entry: Entry) -> Context:
    """Everything that the page would know."""
    lists = [part for part in form.fields if part.type == "dynamiclist"]
    inside = [*form.fields, *(inner for part in lists for inner in Form(part.key, part.components).fields)]
    return Context(
        today=entry.today,
        given={part.key: values[part.key] for part in form.fields if is_given(part) and part.key in values},
        choices={name: choices(part) for part in inside if (name := part.properties.get("choices"))},
        documents={name: () for part in form.fields if (name := part.properties.get("documents")) and "/" not in name},
        reasons=tuple(Reason(code, code, code, final=final) for code, final in entry.offered.items()),
        questions=tuple(Question(code, code, code) for code in entry.questions),
        needed=len(entry.questions),
        half_days=tuple(half_day(_ends_at(part, entry)) for part in form.fields if part.widget == "appointment"),
        cards=CARDS,
    )


def _ends_at(part: Component, entry: Entry) -> str:
    return entry.said.get(part.properties.get("fact", ""), entry.said.get(part.key, entry.today.isoformat()))


def _unasked(form: Form, values: Mapping[str, object], entry: Entry) -> list[str]:
    """What was said of fields that the form hides now."""
    hidden = hidden_fields(form, values)
    names = {name: part.key for part in form.fields for name in (part.key, part.properties.get("fact", ""))}
    return [name for name in entry.said if names.get(name) in hidden]


def _reasons(form: Form, values: Mapping[str, object]) -> tuple[str, ...]:
    rows = (values.get(part.key) or () for part in form.fields if part.widget == "reject_reasons")
    return tuple(row["reason"] for listed in rows if isinstance(listed, list) for row in listed)


def _said(form: Form, key: str, text: str, english: Mapping[str, str]) -> tuple[str, Said]:
    part = form.find(key.split(".")[0])
    name = (part.properties.get("fact") or key) if part else key
    return name, Said(text, in_english(text, lambda label: english.get(label, label)))
