"""What was typed, as nested JSON by component key: the shape of drafts, of refused entries and of answers alike."""

from __future__ import annotations

import re
from collections.abc import Mapping

from forms.cards import MOST_ROWS, ROW, typed_cards
from forms.document import Component, Form

Posted = Mapping[str, list[str]]
"""Form fields as they come: a name, all its values. Rows of a list are posted as `key.ROW.field`."""

GIVEN = frozenset({"fixed", "photo", "certificate", "install_certificate", "device_check", "device_state"})
"""Widgets whose value the server establishes itself; nothing posted under their key is read."""


UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def typed(form: Form, posted: Posted) -> dict[str, object]:
    """Everything the person typed, trimmed; unknown names are dropped, blanks too."""
    values = {part.key: _value(part, posted) for part in form.fields if not is_given(part)}
    return {key: value for key, value in values.items() if value is not None}


def is_given(component: Component) -> bool:
    return component.widget in GIVEN or component.disabled


def columns(part: Component) -> tuple[str, ...]:
    """The keys of a list's row that are typed by hand."""
    return tuple(inner.key for inner in Form(part.key, part.components).fields if not is_given(inner))


def _value(part: Component, posted: Posted) -> object:
    if part.widget == "bank_cards":
        return typed_cards(part.key, posted, columns(part))
    if part.widget == "reject_reasons":
        return _reasons(part.key, posted)
    if part.widget == "knowledge_questions":
        return _marks(part.key, posted)
    if part.type == "checkbox":
        return bool(_one(part.key, posted))
    if part.widget == "agreements" or part.type in ("checklist", "taglist"):
        return [value for value in posted.get(part.key, []) if value]
    if part.type == "dynamiclist":
        return _rows(part, posted)
    return _one(part.key, posted)


def _one(name: str, posted: Posted) -> str | None:
    value = next(iter(posted.get(name, [])), "").replace("\r\n", "\n")
    return UNPRINTABLE.sub("", value).strip() or None


def _rows(part: Component, posted: Posted) -> list[dict[str, object]]:
    pattern = re.compile(rf"{re.escape(part.key)}\.({ROW.pattern})\.")
    found = {int(match[1]) for name in posted if (match := pattern.match(name))}
    inner = Form(part.key, part.components)
    return [typed(inner, _below(f"{part.key}.{row}.", posted)) for row in sorted(found)[:MOST_ROWS]]


def _below(prefix: str, posted: Posted) -> dict[str, list[str]]:
    return {name.removeprefix(prefix): values for name, values in posted.items() if name.startswith(prefix)}


def _reasons(key: str, posted: Posted) -> list[dict[str, object]]:
    return [
        {
            "reason": code,
            "customer_text": _one(f"{key}.{code}.customer_text", posted) or "",
            "internal_note": _one(f"{key}.{code}.internal_note", posted) or "",
        }
        for code in posted.get(key, [])
    ]


def _marks(key: str, posted: Posted) -> dict[str, object]:
    """Each question's code with its mark; the page shows a handful."""
    named = {name.removeprefix(f"{key}."): _one(name, posted) for name in posted if name.startswith(f"{key}.")}
    return {code: mark for code, mark in list(named.items())[:MOST_ROWS] if mark}
