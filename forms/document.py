"""A form-js document (schema version 19) as frozen values: what a step asks, before anything is known of the asker."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.feel.lines import Path
from engine.feel.said import Said
from forms import faults

TEXTS = frozenset({"text", "html", "separator", "spacer", "image"})
"""Types that only show something."""


MOST_COMPONENTS = 250
"""In a form, and in each group of it."""

MOST_GROUPS = 5
"""One inside the other."""


class BadForm(Exception):
    """The document is not a form that this product can read; `why` says it, `place` leads to the part that is meant."""

    def __init__(self, why: Said, place: Path = ()) -> None:
        super().__init__(why.en)
        self.why, self.place = why, place


@dataclass(frozen=True)
class Option:
    """One choice of a radio, select or checklist."""

    value: str
    label: str


@dataclass(frozen=True)
class Component:
    """One field or text of a form. `widget` is `properties.widget`, or else the form-js type.

    `place` leads to it in the document.
    """

    id: str
    key: str
    type: str
    widget: str
    label: str = ""
    description: str = ""
    text: str = ""
    required: bool = False
    disabled: bool = False
    default: object = None
    options: tuple[Option, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    hide_condition: str | None = None
    validate: Mapping[str, Any] = field(default_factory=dict)
    components: tuple[Component, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    place: Path = field(default=(), compare=False)

    @property
    def asks(self) -> bool:
        """Whether a value comes from it."""
        return bool(self.key) and self.type not in TEXTS

    def names(self, prop: str) -> tuple[str, ...]:
        """A comma list in a property, as its parts."""
        return tuple(part.strip() for part in self.properties.get(prop, "").split(",") if part.strip())


@dataclass(frozen=True)
class Form:
    """A whole form. `key` is its path without `forms/` and `.form.json`; groups are already flattened into `fields`."""

    key: str
    components: tuple[Component, ...]

    @staticmethod
    def parse(raw: bytes | str | Mapping[str, Any], key: str) -> Form:
        document = raw if isinstance(raw, Mapping) else _json(raw)
        parts = document.get("components")
        if not isinstance(parts, list):
            raise BadForm(faults.NO_COMPONENTS)
        return Form(key, _components(parts, ()))

    @cached_property
    def fields(self) -> tuple[Component, ...]:
        """What asks for a value, in reading order, through groups, not into lists."""
        return tuple(part for part in walk(self.components) if part.asks)

    @property
    def intro(self) -> str:
        """The text before the first question."""
        first = self.components[0] if self.components else None
        return first.text if first and first.type == "text" else ""

    def find(self, key: str) -> Component | None:
        return next((part for part in self.fields if part.key == key), None)


def walk(components: tuple[Component, ...]) -> Iterator[Component]:
    """Every component, groups opened, the rows of lists left closed."""
    for part in components:
        yield part
        if part.type == "group":
            yield from walk(part.components)


def _json(raw: bytes | str) -> Mapping[str, Any]:
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as wrong:
        raise BadForm(faults.NO_JSON.filled(detail=str(wrong)[:200])) from wrong
    if not isinstance(document, Mapping):
        raise BadForm(faults.NO_OBJECT)
    return document


def _components(parts: list[Any], around: Path) -> tuple[Component, ...]:
    if len(parts) > MOST_COMPONENTS:
        raise BadForm(faults.TOO_MANY.filled(most=str(MOST_COMPONENTS)), (*around, "components"))
    if len(around) > 2 * MOST_GROUPS:
        raise BadForm(faults.TOO_DEEP.filled(most=str(MOST_GROUPS)), around)
    return tuple(_component(part, (*around, "components", number)) for number, part in enumerate(parts))


def _component(raw: object, place: Path) -> Component:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("type"), str):
        raise BadForm(faults.NO_TYPE, place)
    validate = _mapping(raw, "validate", place)
    properties = {str(name): str(value) for name, value in _mapping(raw, "properties", place).items()}
    hide = _mapping(raw, "conditional", place).get("hide")
    return Component(
        id=str(raw.get("id", "")),
        key=str(raw.get("key") or raw.get("path") or ""),
        type=raw["type"],
        widget=properties.get("widget") or str(raw["type"]),
        label=str(raw.get("label", "")),
        description=str(raw.get("description", "")),
        text=str(raw.get("text", "")),
        required=validate.get("required") is True,
        disabled=raw.get("disabled") is True,
        default=raw.get("defaultValue"),
        options=tuple(_option(value, place) for value in _list(raw, "values", place)),
        properties=properties,
        hide_condition=str(hide) if hide else None,
        validate=validate,
        components=_components(_list(raw, "components", place), place),
        extra={name: raw[name] for name in ("subtype", "decimalDigits", "dateLabel") if name in raw},
        place=place,
    )


def _mapping(raw: Mapping[str, Any], name: str, place: Path) -> Mapping[str, Any]:
    value = raw.get(name) or {}
    if not isinstance(value, Mapping):
        raise BadForm(faults.NO_OBJECT_AT.filled(name=name), (*place, name))
    return value


def _list(raw: Mapping[str, Any], name: str, place: Path) -> list[Any]:
    value = raw.get(name) or []
    if not isinstance(value, list):
        raise BadForm(faults.NO_LIST.filled(name=name), (*place, name))
    return value


def _option(raw: object, place: Path) -> Option:
    if not isinstance(raw, Mapping):
        raise BadForm(faults.NO_OPTION, (*place, "values"))
    return Option(str(raw.get("value", "")), str(raw.get("label", raw.get("value", ""))))
