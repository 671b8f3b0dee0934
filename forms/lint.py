"""What is wrong with a form document, before anybody opens the step that shows it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from engine.feel.checker import check
from engine.feel.errors import did_you_mean
from engine.feel.findings import Finding, first
from engine.feel.lines import Path, line_near
from engine.feel.said import Words
from forms import validation
from forms.conditions import known_keys
from forms.document import BadForm, Component, Form, walk
from forms.facts import fact_type
from forms.faults import FAULTS, REMOVE
from forms.readable import readable
from forms.rules import RULES
from forms.schema import KNOWN_WIDGETS, TYPES

SHOWN = frozenset({"text", "separator", "spacer", "group", "dynamiclist", "filepicker"})
CHOICES = frozenset({"radio", "select", "checklist", "taglist"})
FROM_DATA = frozenset({"reject_reasons", "agreements", "bank", "desk_decision", "knowledge_questions"})
"""Widgets whose choices may come from data instead of the document."""

OFFERS = ("correctable", "final")
"""Which of a desk's reasons a field may offer."""

STILLS = ("face", "face_with_id", "id_closeup")
"""The pictures of a call that a pass may ask for."""

NEEDS = {
    "photo": ("slot", "kind"),
    "photo_review": ("slots",),
    "document": ("document",),
    "fixed": ("source",),
    "agreements": ("documents",),
    "notice": ("notice",),
}
"""Properties without which a widget cannot be drawn."""

Found = Iterator[tuple[str, Component, Path, dict[str, Words]]]
"""A fault, the component, the part of it that is meant, and what was found there."""


def lint(path: str, raw: bytes) -> list[Finding]:
    """Every finding of one `*.form.json`; none means that it can be published."""
    try:
        form = Form.parse(raw, path)
    except BadForm as wrong:
        return [FAULTS.found("form.unreadable", path, None, _line(raw, wrong.place), why=wrong.why)]
    rows = [part for part in walk(form.components) if part.type == "dynamiclist"]
    levels = [form.components, *(part.components for part in rows)]
    found = (one for level in levels for one in _level(Form(path, level)))
    return first(_finding(path, raw, *one) for one in found)


def _level(form: Form) -> Found:
    yield from _doubles(form)
    for part in walk(form.components):
        for rule in (
            _type,
            _widget,
            _needs,
            _rule,
            _read,
            _fact,
            _options,
            _one_click,
            _offers,
            _stills,
            *validation.RULES,
        ):
            yield from rule(part)
        yield from _conditions(form, part)


def _doubles(form: Form) -> Found:
    seen: set[str] = set()
    for part in form.fields:
        if part.key in seen:
            yield "form.key_twice", part, ("key",), {"key": part.key}
        seen.add(part.key)


def _type(part: Component) -> Found:
    if part.type not in SHOWN and part.type not in TYPES:
        yield "form.type/unknown", part, ("type",), {"type": part.type}
    if part.type in TYPES and not part.key:
        yield "form.key", part, ("key",), {}
    if part.type == "filepicker" and part.widget != "photo":
        yield "form.type/file", part, ("type",), {}


def _widget(part: Component) -> Found:
    widget = part.properties.get("widget")
    if widget and widget not in KNOWN_WIDGETS:
        mend = did_you_mean(widget, KNOWN_WIDGETS, REMOVE)
        yield "form.widget", part, ("properties", "widget"), {"widget": widget, "mend": mend}


def _needs(part: Component) -> Found:
    for name in NEEDS.get(part.widget, ()):
        if not part.properties.get(name):
            yield "form.property/missing", part, ("properties", name), {"widget": part.widget, "name": name}
    if part.widget == "photo" and part.properties.get("kind", "id1") not in ("id1", "sheet"):
        yield "form.property/kind", part, ("properties", "kind"), {}


def _rule(part: Component) -> Found:
    rule = part.properties.get("rule")
    if rule and rule not in RULES:
        yield "form.rule", part, ("properties", "rule"), {"rule": rule, "rules": ", ".join(sorted(RULES))}


def _read(part: Component) -> Found:
    read = part.properties.get("read")
    if read and read not in readable():
        yield "form.read", part, ("properties", "read"), {"read": read, "readable": ", ".join(readable())}


def _fact(part: Component) -> Found:
    if part.properties.get("fact") and fact_type(part) is None:
        yield "form.fact_sealed/value", part, ("properties", "fact"), {"key": part.key}
    if part.properties.get("fact") and part.properties.get("rule"):
        yield "form.fact_sealed/rule", part, ("properties", "fact"), {"key": part.key}


def _options(part: Component) -> Found:
    if part.type in CHOICES and not part.options and part.widget not in FROM_DATA and "choices" not in part.properties:
        yield "form.options/none", part, ("values",), {"key": part.key}
    values = [option.value for option in part.options]
    if len(set(values)) < len(values) or "" in values:
        yield "form.options/twice", part, ("values",), {"key": part.key}


def _one_click(part: Component) -> Found:
    unknown = set(part.names("oneClick")) - {option.value for option in part.options}
    if unknown:
        names = ", ".join(sorted(unknown))
        yield "form.one_click", part, ("properties", "oneClick"), {"names": names, "key": part.key}


def _offers(part: Component) -> Found:
    offers = part.properties.get("offers")
    if offers not in (None, *OFFERS):
        what: dict[str, Words] = {"value": str(offers), "choices": ", ".join(OFFERS)}
        yield "form.property/offers", part, ("properties", "offers"), what


def _stills(part: Component) -> Found:
    unknown = set(part.names("stills")) - set(STILLS)
    if unknown:
        what: dict[str, Words] = {"names": ", ".join(sorted(unknown)), "choices": ", ".join(STILLS)}
        yield "form.property/stills", part, ("properties", "stills"), what


def _conditions(form: Form, part: Component) -> Found:
    for fault, condition, where in (
        ("form.hide", part.hide_condition, ("conditional", "hide")),
        ("form.required", part.properties.get("requiredWhen"), ("properties", "requiredWhen")),
    ):
        for problem in check(condition, known_keys(form)) if condition else ():
            place, text = str(problem.position + 1), (condition or "")[:80]
            yield fault, part, where, {"text": text, "why": problem.why, "place": place, "mend": problem.mend}


def _finding(path: str, raw: bytes, fault: str, part: Component, where: Path, what: dict[str, Words]) -> Finding:
    return FAULTS.found(fault, path, part.key or part.id or None, _line(raw, (*part.place, *where)), **what)


def _line(raw: bytes, place: Path) -> int | None:
    """The line of a part; a document that is no JSON at all has none."""
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return line_near(raw, place)
