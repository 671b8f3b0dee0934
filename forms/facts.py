"""Which facts a form declares for the flow, and their values in one set of answers. Never what is personal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms.document import BadForm, Component, Form, walk

FACT_TYPES = {
    "checkbox": "boolean",
    "number": "number",
    "radio": "text",
    "select": "text",
}
"""Types whose value is one of a closed set, and so may be told to the flow."""

WIDGET_FACTS = {
    "certificate": "boolean",
    "install_certificate": "boolean",
    "device_check": "boolean",
    "device_state": "boolean",
    "appointment": "text",
}
"""Widgets that tell the flow only whether, or until when, not what."""


def fact_type(part: Component) -> str | None:
    """The type of this component's fact, or None where its value must stay sealed."""
    return WIDGET_FACTS.get(part.widget) or FACT_TYPES.get(part.type)


def declared_facts(raw: bytes | Mapping[str, Any]) -> dict[str, str]:
    """Dotted name -> boolean | text | number, of every `properties.fact`; empty for a document that does not parse."""
    try:
        form = Form.parse(raw, "")
    except BadForm:
        return {}
    named = {part.properties["fact"]: fact_type(part) for part in form.fields if part.properties.get("fact")}
    return {name: kind for name, kind in named.items() if kind}


def sure_facts(raw: bytes | Mapping[str, Any]) -> frozenset[str]:
    """The declared facts that every accepted entry gives: of ticks, and of required fields that are never hidden."""
    try:
        form = Form.parse(raw, "")
    except BadForm:
        return frozenset()
    hidden = {part.id for group in form.components if group.hide_condition for part in walk((group,))}
    return frozenset(
        part.properties["fact"]
        for part in form.fields
        if part.properties.get("fact")
        and part.id not in hidden
        and not part.hide_condition
        and (part.required or part.type == "checkbox" or part.widget in WIDGET_FACTS)
    )


def facts_of(form: Form, answers: Mapping[str, object]) -> dict[str, bool | str | int | float]:
    """The facts of these answers. A field that was hidden or left empty says nothing."""
    found: dict[str, bool | str | int | float] = {}
    for part in form.fields:
        name, value = part.properties.get("fact"), answers.get(part.key)
        if name and value is not None and fact_type(part):
            found[name] = bool(value) if fact_type(part) == "boolean" else _scalar(value)
    return found


def _scalar(value: object) -> str | int | float:
    if isinstance(value, Mapping):  # an appointment: the moment when its half day is over
        return str(value["ends_at"])
    return value if isinstance(value, (int, float, str)) else str(value)
