"""A form as its preview draws it: every part is in sight, and what no template draws says so in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from forms.document import Component, Form, walk
from forms.lint import SHOWN
from forms.schema import KNOWN_WIDGETS, TYPES
from webapp.language import words as _
from webapp.steps.fields import DRAWN, SAME

MOST = 300
"""Parts that a preview draws; a form that anybody would fill in has fewer."""


def all_in_sight(form: Form) -> Form:
    """The same form without conditions, so that what is asked of some only is seen as well."""
    return Form(form.key, _each(form.components, _shown))


def conditions(form: Form) -> dict[str, str]:
    """When a part is hidden, by its id."""
    return {part.id: part.hide_condition for part in walk(form.components) if part.hide_condition}


def is_too_long(form: Form) -> bool:
    return _count(form.components) > MOST


def _shown(part: Component) -> Component:
    if not _is_drawn(part):
        told = _("这里画不出类型 %(type)s。检查结果说明怎么改。", type=part.properties.get("widget") or part.type)
        return Component(part.id, "", "text", "text", text=told)
    return replace(part, hide_condition=None, components=_each(part.components, _shown))


def _each(parts: tuple[Component, ...], change: Callable[[Component], Component]) -> tuple[Component, ...]:
    return tuple(change(part) for part in parts)


def _is_drawn(part: Component) -> bool:
    known_type = part.type in TYPES or part.type in SHOWN
    known_widget = part.widget in KNOWN_WIDGETS or part.widget == part.type
    return known_type and known_widget and bool({SAME.get(part.widget, part.widget), part.type} & DRAWN)


def _count(parts: tuple[Component, ...]) -> int:
    return sum(1 + _count(part.components) for part in parts)
