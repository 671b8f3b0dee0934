"""What a field's `validate` may say: what its type is checked for, and values that can be checked with."""

from __future__ import annotations

import math
from collections.abc import Iterator

from engine.feel.errors import did_you_mean
from engine.feel.lines import Path
from engine.feel.said import Words
from forms.document import Component
from forms.faults import REMOVE
from forms.patterns import BadPattern, whole

_TEXT = frozenset({"minLength", "maxLength", "pattern", "patternErrorMessage", "validationType"})
SUITS = {
    "textfield": _TEXT,
    "textarea": _TEXT,
    "number": frozenset({"min", "max"}),
    "datetime": frozenset({"disallowPassedDates"}),
}
"""By the type of the field, what it is checked for besides `required`."""

KNOWN = frozenset({"required"}).union(*SUITS.values())
KINDS = ("", "custom", "email")
"""Of `validationType`; `custom` is how the form editor says that there is a pattern."""

Found = Iterator[tuple[str, Component, Path, dict[str, Words]]]


def names(part: Component) -> Found:
    """What does not suit the field would be ignored, or break its page."""
    suiting = SUITS.get(part.type, frozenset()) | {"required"}
    for name, value in part.validate.items():
        if name not in KNOWN:
            yield "form.validate/name", part, ("validate", name), {"name": name, "mend": _nearest(name)}
        elif name not in suiting and value not in (None, ""):
            yield "form.validate/type", part, ("validate", name), {"name": name, "type": part.type}


def values(part: Component) -> Found:
    for name in ("minLength", "maxLength"):
        if not _is_number(part.validate.get(name), whole=True):
            yield "form.validate/number", part, ("validate", name), {"name": name}
    for name in ("min", "max"):
        if not _is_number(part.validate.get(name)):
            yield "form.validate/number", part, ("validate", name), {"name": name}
    if not _is_number(part.extra.get("decimalDigits"), whole=True):
        yield "form.validate/number", part, ("decimalDigits",), {"name": "decimalDigits"}
    kind = part.validate.get("validationType") or ""
    if kind not in KINDS:
        yield "form.validate/kind", part, ("validate", "validationType"), {"kind": str(kind)}


def pattern(part: Component) -> Found:
    text = str(part.validate.get("pattern") or "")
    where, what = ("validate", "pattern"), {"pattern": text[:80]}
    if text and not (text.startswith("^") and text.endswith("$")):
        yield "form.pattern/open", part, where, {**what}
    try:
        whole(text)
    except BadPattern as wrong:
        fault = "form.pattern/backtracks" if wrong.backtracks else "form.pattern/broken"
        yield fault, part, where, {**what, "detail": wrong.why}


RULES = (names, values, pattern)


def _is_number(value: object, whole: bool = False) -> bool:
    """Whether it is left out, or can be compared with."""
    if value is None:
        return True
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        return False
    return not whole or (value >= 0 and value == int(value))


def _nearest(name: str) -> Words:
    return did_you_mean(name, KNOWN, REMOVE)
