"""What is wrong with a form document, before anybody opens the step that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches

from engine.feel.checker import check
from engine.feel.findings import Finding
from forms.conditions import known_keys
from forms.document import BadForm, Component, Form, walk
from forms.facts import fact_type
from forms.rules import RULES
from forms.schema import KNOWN_WIDGETS, TYPES

SHOWN = frozenset({"text", "separator", "spacer", "group", "dynamiclist", "filepicker"})
CHOICES = frozenset({"radio", "select", "checklist", "taglist"})
FROM_DATA = frozenset({"reject_reasons", "agreements", "bank", "desk_decision", "knowledge_questions"})
"""Widgets whose choices may come from data instead of the document."""

OFFERS = ("correctable", "final")
"""Which of a desk's reasons a field may offer."""

NEEDS = {
    "photo": ("slot", "kind"),
    "photo_review": ("slots",),
    "document": ("document",),
    "fixed": ("source",),
    "agreements": ("documents",),
    "notice": ("notice",),
}
"""Properties without which a widget cannot be drawn."""

Said = Iterator[tuple[str, Component | None, str, str]]


def lint(path: str, raw: bytes) -> list[Finding]:
    """Every finding of one `*.form.json`; none means that it can be published."""
    try:
        form = Form.parse(raw, path)
    except BadForm as wrong:
        return [
            Finding("form-unreadable", path, None, None, str(wrong), "open it in the form editor and save it again")
        ]
    rows = [part for part in walk(form.components) if part.type == "dynamiclist"]
    levels = [form.components, *(part.components for part in rows)]
    said = [one for level in levels for one in _level(Form(path, level))]
    return [_finding(path, raw, *one) for one in said]


def _level(form: Form) -> Said:
    yield from _doubles(form)
    for part in walk(form.components):
        for rule in (_type, _widget, _needs, _rule, _fact, _options, _one_click, _offers, _pattern):
            yield from rule(part)
        yield from _conditions(form, part)


def _doubles(form: Form) -> Said:
    seen: set[str] = set()
    for part in form.fields:
        if part.key in seen:
            yield "form-key-twice", part, f"the key {part.key!r} is used twice", "give each field a key of its own"
        seen.add(part.key)


def _type(part: Component) -> Said:
    if part.type not in SHOWN and part.type not in TYPES:
        yield "form-type", part, f"the type {part.type!r} is not drawn here", "use a field type of the list in the docs"
    if part.type in TYPES and not part.key:
        yield "form-key", part, "a field without a key", "give it a key"
    if part.type == "filepicker" and part.widget != "photo":
        yield "form-type", part, "a file field that is no photo", "set properties.widget to photo, with slot and kind"


def _widget(part: Component) -> Said:
    widget = part.properties.get("widget")
    if widget and widget not in KNOWN_WIDGETS:
        close = get_close_matches(widget, KNOWN_WIDGETS, 1)
        yield "form-widget", part, f"unknown widget {widget!r}", f"did you mean {close[0]!r}?" if close else "remove it"


def _needs(part: Component) -> Said:
    for name in NEEDS.get(part.widget, ()):
        if not part.properties.get(name):
            yield "form-property", part, f"{part.widget} without the property {name!r}", f"add properties.{name}"
    if part.widget == "photo" and part.properties.get("kind", "id1") not in ("id1", "sheet"):
        yield "form-property", part, "kind is neither id1 nor sheet", "id1 for a card, sheet for paper"


def _rule(part: Component) -> Said:
    rule = part.properties.get("rule")
    if rule and rule not in RULES:
        yield "form-rule", part, f"unknown rule {rule!r}", f"one of {', '.join(sorted(RULES))}"


def _fact(part: Component) -> Said:
    if part.properties.get("fact") and fact_type(part) is None:
        mend = "only ticks, choices and numbers may tell the flow a fact"
        yield "form-fact-sealed", part, f"the value of {part.key!r} is sealed and cannot be a fact", mend
    if part.properties.get("fact") and part.properties.get("rule"):
        yield "form-fact-sealed", part, f"{part.key!r} holds personal data by its rule", "remove properties.fact"


def _options(part: Component) -> Said:
    if part.type in CHOICES and not part.options and part.widget not in FROM_DATA and "choices" not in part.properties:
        yield "form-options", part, f"{part.key!r} has nothing to choose from", "add options, or properties.choices"
    values = [option.value for option in part.options]
    if len(set(values)) < len(values) or "" in values:
        yield "form-options", part, f"{part.key!r} has an option twice or an empty one", "give each a value of its own"


def _one_click(part: Component) -> Said:
    unknown = set(part.names("oneClick")) - {option.value for option in part.options}
    if unknown:
        why = f"oneClick names {', '.join(sorted(unknown))}, which is no option of {part.key!r}"
        yield "form-one-click", part, why, "name a value of the options"


def _offers(part: Component) -> Said:
    offers = part.properties.get("offers")
    if offers not in (None, *OFFERS):
        yield "form-property", part, f"offers {offers!r}", f"one of {', '.join(OFFERS)}; without it all reasons"


def _pattern(part: Component) -> Said:
    pattern = str(part.validate.get("pattern") or "")
    if pattern and not (pattern.startswith("^") and pattern.endswith("$")):
        yield "form-pattern-open", part, f"the pattern {pattern!r} matches inside a longer text", "write ^...$"
    try:
        re.compile(pattern)
    except re.error as wrong:
        yield "form-pattern", part, f"the pattern {pattern!r} cannot be read: {wrong}", "mend the regular expression"


def _conditions(form: Form, part: Component) -> Said:
    for rule, condition in (("form-hide", part.hide_condition), ("form-required", part.properties.get("requiredWhen"))):
        for problem in check(condition, known_keys(form)) if condition else ():
            yield rule, part, f"{problem.why} (position {problem.position + 1})", problem.mend


def _finding(path: str, raw: bytes, rule: str, part: Component | None, why: str, mend: str) -> Finding:
    name = (part.key or part.id) if part else None
    return Finding(rule, path, name, _line(raw, part), why, mend)


def _line(raw: bytes, part: Component | None) -> int | None:
    """The line where the component's id stands, if it can be found."""
    mark = f'"{part.id}"'.encode() if part and part.id else b""
    at = raw.find(mark) if mark else -1
    return raw.count(b"\n", 0, at) + 1 if at >= 0 else None
