"""A posted form becomes values and facts, or a refusal that keeps everything typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError

from forms.conditions import as_asked, hidden_fields
from forms.context import Context
from forms.document import Component, Form
from forms.facts import facts_of
from forms.schema import schema_of
from forms.typed import Posted, is_given, typed

Scalar = bool | str | int | float


@dataclass(frozen=True)
class Loaded:
    """Accepted: `values` are the answers by component key (JSON), `facts` the declared dotted names."""

    values: dict[str, object]
    facts: dict[str, Scalar]


@dataclass
class Invalid(Exception):
    """Refused: one Chinese sentence a field (`key`, or `key.ROW.field` in lists), and what was typed."""

    errors: dict[str, str]
    values: dict[str, object] = field(default_factory=dict)


def load(form: Form, posted: Posted, context: Context) -> Loaded:
    """Judge what was posted; raise `Invalid` with an error for each wrong field."""
    values = typed(form, posted)
    return judge(form, values, context)


def judge(form: Form, values: Mapping[str, object], context: Context) -> Loaded:
    """Judge typed values: the second half of `load`."""
    form, hidden = as_asked(form, values), hidden_fields(form, values)
    try:
        answers = schema_of(form, context, hidden).load(dict(values) | _given(form, context))
    except ValidationError as refused:
        raise Invalid(_errors(form, _by_field(refused), context, hidden), dict(values)) from None
    if problems := _problems(form, context, hidden):
        raise Invalid(problems, dict(values))
    return Loaded(answers, facts_of(form, answers))


def _by_field(refused: ValidationError) -> Mapping[str, Any]:
    return refused.messages if isinstance(refused.messages, Mapping) else {}


def _given(form: Form, context: Context) -> dict[str, object]:
    found = {part.key: context.given.get(part.key) for part in form.fields if is_given(part)}
    return {key: value for key, value in found.items() if value is not None}


def _problems(form: Form, context: Context, hidden: frozenset[str]) -> dict[str, str]:
    return {part.key: context.problems[part.key] for part in _asked(form, hidden) if part.key in context.problems}


def _errors(form: Form, raw: Mapping[str, Any], context: Context, hidden: frozenset[str]) -> dict[str, str]:
    """One sentence a place, in reading order; what the page itself found goes before what the schema says."""
    problems = _problems(form, context, hidden)
    found: dict[str, str] = {}
    for part in _asked(form, hidden):
        if part.key in problems:
            found[part.key] = problems[part.key]
        elif part.key in raw:
            found |= dict(_sentences(part.key, raw[part.key]))
    return found


def _asked(form: Form, hidden: frozenset[str]) -> list[Component]:
    return [part for part in form.fields if part.key not in hidden]


def _sentences(place: str, said: Any) -> list[tuple[str, str]]:
    if isinstance(said, Mapping):
        below = [(place if name == "_list" else f"{place}.{name}", inner) for name, inner in said.items()]
        return [sentence for name, inner in below for sentence in _sentences(name, inner)]
    return [(place, said[0] if isinstance(said, list) else said)]
