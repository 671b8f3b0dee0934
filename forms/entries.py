"""What can be said of a part of a form: the entries of its page, where each stands in the document, for which parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from forms.facts import FACT_TYPES, WIDGET_FACTS
from forms.validation import SUITS

Raw = dict[str, Any]
Sort = Literal["line", "long", "tick", "whole", "number", "condition", "key", "list"]
HOLDERS = frozenset({"group"})
CHOOSING = frozenset({"radio", "select", "checklist", "taglist"})


@dataclass(frozen=True)
class Entry:
    """`sort` is how it is typed; a `list` is chosen from what the draft has. `read`: people read it, so it has English.

    `types` and `widgets` are what it is offered for; it is shown as well wherever it is set.
    """

    name: str
    path: tuple[str, ...]
    sort: Sort = "line"
    types: frozenset[str] = frozenset()
    widgets: frozenset[str] = frozenset()
    read: bool = False

    def value(self, part: Mapping[str, Any]) -> object:
        """What the document says, or None."""
        found: object = part
        for name in self.path:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found


ASKING = frozenset({"textfield", "textarea", "number", "datetime", "checkbox", *CHOOSING, "filepicker", "dynamiclist"})
TYPED = frozenset({"textfield", "textarea"})


def _checked(name: str) -> frozenset[str]:
    return frozenset(kind for kind, names in SUITS.items() if name in names)


def _property(name: str, sort: Sort, *widgets: str, types: frozenset[str] = frozenset()) -> Entry:
    return Entry(name, ("properties", name), sort, types, frozenset(widgets))


ENTRIES = (
    Entry("text", ("text",), "long", frozenset({"text"}), read=True),
    Entry("label", ("label",), "line", ASKING | HOLDERS, read=True),
    Entry("description", ("description",), "line", ASKING, read=True),
    Entry("key", ("key",), "key", ASKING),
    Entry("required", ("validate", "required"), "tick", ASKING),
    _property("requiredWhen", "condition", types=ASKING),
    Entry("hide", ("conditional", "hide"), "condition", ASKING | HOLDERS | {"text"}),
    _property("rule", "list", types=TYPED),
    _property("read", "list", types=TYPED | {"select"}),
    _property("prefill", "list", types=TYPED),
    Entry("minLength", ("validate", "minLength"), "whole", _checked("minLength")),
    Entry("maxLength", ("validate", "maxLength"), "whole", _checked("maxLength")),
    Entry("pattern", ("validate", "pattern"), "line", _checked("pattern")),
    Entry("patternErrorMessage", ("validate", "patternErrorMessage"), "line", _checked("pattern"), read=True),
    Entry("validationType", ("validate", "validationType"), "list", _checked("validationType")),
    Entry("min", ("validate", "min"), "number", _checked("min")),
    Entry("max", ("validate", "max"), "number", _checked("max")),
    Entry("decimalDigits", ("decimalDigits",), "whole", frozenset({"number"})),
    Entry("disallowPassedDates", ("validate", "disallowPassedDates"), "tick", _checked("disallowPassedDates")),
    _property("choices", "list", types=frozenset({"select"})),
    _property("fact", "line", *WIDGET_FACTS, types=frozenset(FACT_TYPES)),
    _property("slot", "line", "photo"),
    _property("kind", "list", "photo"),
    _property("example", "list", "photo"),
    _property("slots", "line", "photo_review"),
    _property("document", "list", "document"),
    _property("consent", "line", "document"),
    _property("notice", "list", "notice"),
    _property("source", "list", "fixed"),
    _property("mask", "list", "fixed"),
    _property("documents", "line", "agreements"),
    _property("oneClick", "line", "desk_decision"),
    _property("stills", "line", "desk_decision"),
    _property("offers", "list", "reject_reasons"),
    Entry("disabled", ("disabled",), "tick"),
)
"""In the order of the page."""

OF_ALL = frozenset({"text", "label", "description", "key", "required", "requiredWhen", "hide", "fact"})
"""What a part is asked for whichever widget draws it."""

OPTIONS, OTHERS = "values", "others"
_TOLD = {"type", "id", "path", "components", "validate", "conditional", "properties", OPTIONS}


def entries_of(part: Raw) -> list[Entry]:
    """What the page of this part asks."""
    return [entry for entry in ENTRIES if is_offered(entry, part) or entry.value(part) is not None]


def has_options(part: Raw) -> bool:
    """Whether its choices stand in the document."""
    return OPTIONS in part or (part.get("type") in CHOOSING and widget_of(part) in ("", *CHOOSING))


def others(part: Raw) -> dict[str, Any]:
    """The properties that have no entry of their own."""
    told = {entry.path[1] for entry in ENTRIES if entry.path[0] == "properties"} | {"widget"}
    return {name: value for name, value in (part.get("properties") or {}).items() if name not in told}


def untold(part: Raw) -> list[str]:
    """What else the document says of the part: the page has no entry for it and leaves it alone."""
    mine = {entry.path[0] for entry in ENTRIES} | _TOLD
    inner = {entry.path for entry in ENTRIES}
    below = [
        f"{around}.{name}"
        for around in ("validate", "conditional")
        for name in part.get(around) or {}
        if (around, name) not in inner
    ]
    return [name for name in part if name not in mine] + below


def widget_of(part: Mapping[str, Any]) -> str:
    return str((part.get("properties") or {}).get("widget") or "")


def is_offered(entry: Entry, part: Raw) -> bool:
    """Whether a part of this kind is asked for it."""
    own, kind = widget_of(part), str(part.get("type"))
    if own and entry.name not in OF_ALL:
        return own in entry.widgets
    return kind in entry.types or own in entry.widgets
