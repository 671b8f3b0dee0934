"""What was entered in a form of a sandbox, as a scenario says it: only what is not the specimen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from forms.document import Component, Form
from forms.facts import fact_type
from forms.specimens import specimen

_SAMPLED = frozenset({"photo", "photo_review", "agreements", "knowledge_questions", "reject_reasons", "fixed"})


def is_sampled(part: Component) -> bool:
    """Whether a scenario leaves this field to its specimen: what is more than a text, and what the server knows."""
    return part.widget in _SAMPLED or part.type in ("dynamiclist", "filepicker")


def is_yes_or_no(part: Component) -> bool:
    """Whether it tells the flow yes or no."""
    return bool(part.properties.get("fact")) and fact_type(part) == "boolean"


def said(form: Form, posted: Mapping[str, Sequence[str]], today: date) -> dict[str, str]:
    """By fact or by key. A field that decides is said as soon as anything is chosen in it."""
    found: dict[str, str] = {}
    for part in form.fields:
        if is_sampled(part):
            continue
        text = _entered(part, posted.get(part.key, ()))
        if text != usual(part, today):
            found[part.properties.get("fact") or part.key] = text
    return found


def usual(part: Component, today: date) -> str:
    """The specimen as a text; empty where there is none."""
    value = specimen(part, today)
    if part.type == "checkbox" and not is_yes_or_no(part):
        return _yes(value is True)
    return ",".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)


def given_reasons(form: Form, posted: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The reject reasons that were ticked, by whichever field offers them."""
    fields = (part.key for part in form.fields if part.widget == "reject_reasons")
    return tuple(dict.fromkeys(code for key in fields for code in posted.get(key, ())))


def _entered(part: Component, texts: Sequence[str]) -> str:
    if part.type == "checkbox" and not is_yes_or_no(part):
        return _yes(bool(texts))
    if part.type in ("checklist", "taglist"):
        return ",".join(text.strip() for text in texts)
    return texts[-1].replace("\r\n", "\n").strip() if texts else ""


def _yes(is_so: bool) -> str:
    return "true" if is_so else "false"
