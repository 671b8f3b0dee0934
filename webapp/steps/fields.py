"""Fields as a page draws them: labels in the reader's language, the value, the error, what a desk said of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from markupsafe import Markup

from forms.conditions import hidden_parts
from forms.context import Context
from forms.document import Component, Form
from forms.messages import in_english
from webapp.language import language
from webapp.prose import prose

TEMPLATES = Path(__file__).parent.parent / "templates" / "fields"
DRAWN = frozenset(path.stem for path in TEMPLATES.glob("*.html"))
SAME = {"desk_check": "checkbox", "taglist": "checklist"}
"""Widgets that are drawn like another."""


@dataclass
class Field:
    """One field for its template. `extra` is what only its widget needs."""

    part: Component
    name: str
    label: str
    help: str
    text: Markup
    value: object
    error: str
    remarks: tuple[str, ...]
    hidden: bool
    options: list[tuple[str, str]]
    extra: Mapping[str, object] = field(default_factory=dict)
    children: list[Field] = field(default_factory=list)
    rows: list[list[Field]] = field(default_factory=list)

    @property
    def template(self) -> str:
        widget = SAME.get(self.part.widget, self.part.widget)
        return f"fields/{widget if widget in DRAWN else self.part.type}.html"

    @property
    def optional(self) -> bool:
        return not self.part.required and self.part.asks

    @property
    def longest(self) -> object:
        return self.part.validate.get("maxLength", "")


@dataclass(frozen=True)
class Drawing:
    """Everything that fields are drawn from."""

    form: Form
    values: Mapping[str, object]
    errors: Mapping[str, str]
    context: Context
    say: Callable[[str], str]
    remarks: Mapping[str, tuple[str, ...]]
    more: Callable[[Drawing, Component, str], Mapping[str, object]]

    def fields(self) -> list[Field]:
        hidden = hidden_parts(self.form, self.values)
        return [self.field(part, part.key, self.values.get(part.key), hidden) for part in self.form.components]

    def field(self, part: Component, name: str, value: object, hidden: frozenset[str]) -> Field:
        shown_error = self.errors.get(name, "")
        return Field(
            part=part,
            name=name,
            label=self.say(part.label),
            help=self.say(part.description),
            text=prose(self.say(part.text), 2) if part.text else Markup(""),
            value=value,
            error=self.message(shown_error) if shown_error else "",
            remarks=self.remarks.get(name, ()),
            hidden=part.id in hidden,
            options=[(option.value, self.say(option.label)) for option in self.context.options(part)],
            extra=self.more(self, part, name),
            children=self._children(part, hidden),
            rows=self._rows(part, value),
        )

    def row(self, part: Component, number: str, values: Mapping[str, object]) -> list[Field]:
        """The fields of one row of a list."""
        inner = Form(part.key, part.components)
        hidden = hidden_parts(inner, values)
        return [
            self.field(child, f"{part.key}.{number}.{child.key}", values.get(child.key), hidden)
            for child in part.components
        ]

    def message(self, text: str) -> str:
        return in_english(text, self.say) if language() == "en" else str(text)

    def summary(self) -> dict[str, str]:
        """Every error by the name of its field, for the top of the page."""
        return {name: self.message(text) for name, text in self.errors.items()}

    def _children(self, part: Component, hidden: frozenset[str]) -> list[Field]:
        if part.type != "group":
            return []
        return [self.field(child, child.key, self.values.get(child.key), hidden) for child in part.components]

    def _rows(self, part: Component, value: object) -> list[list[Field]]:
        if part.type != "dynamiclist" or part.widget == "bank_cards" or not isinstance(value, list):
            return []
        return [self.row(part, str(number), row) for number, row in enumerate(value)]
