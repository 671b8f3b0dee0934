"""Which parts of a form are hidden now, by their `conditional.hide` over what is typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from engine.feel.evaluator import holds
from forms.document import Component, Form
from forms.editing import Place, Raw


def as_asked(form: Form, values: Mapping[str, object]) -> Form:
    """The form as it is asked with these values: what is required on a condition is not, where it does not hold."""
    if not any(part.properties.get("requiredWhen") for part in form.fields):
        return form
    hidden = hidden_parts(form, values)
    facts = _facts(form, values, {part.key for part in form.fields if part.id in hidden})
    return Form(form.key, tuple(_excused(part, facts, known_keys(form)) for part in form.components))


def _excused(part: Component, facts: Mapping[str, object], names: frozenset[str]) -> Component:
    inner = tuple(_excused(one, facts, names) for one in part.components) if part.type == "group" else part.components
    when = part.properties.get("requiredWhen")
    return replace(part, components=inner, required=part.required and (not when or holds(when, facts, names)))


def hidden_parts(form: Form, values: Mapping[str, object]) -> frozenset[str]:
    """Ids of the components that are hidden; a hidden field's own value counts as null for the others."""
    hidden: frozenset[str] = frozenset()
    for _ in range(len(form.fields) + 1):
        found = frozenset(_hidden(form, values, hidden))
        if found == hidden:
            break
        hidden = found
    return hidden


def hidden_fields(form: Form, values: Mapping[str, object]) -> frozenset[str]:
    """Keys of the fields that are hidden: not required, not read."""
    parts = hidden_parts(form, values)
    return frozenset(part.key for part in form.fields if part.id in parts)


def known_keys(form: Form) -> frozenset[str]:
    """The names that a hide condition may read."""
    return frozenset(part.key for part in form.fields if part.type != "dynamiclist" and part.key)


def around(document: Raw, place: Place) -> Form:
    """What a condition of the part at this place may speak of: the fields of the form, or of the list it stands in."""
    level = found = document
    for number in place[:-1]:
        found = (found.get("components") or [])[number]
        level = found if found.get("type") == "dynamiclist" else level
    return Form.parse({"components": level.get("components") or []}, "")


def _hidden(form: Form, values: Mapping[str, object], before: frozenset[str]) -> Iterator[str]:
    off = {part.key for part in form.fields if part.id in before}
    facts = _facts(form, values, off)
    for part, inside in _with_parents(form.components, ()):
        conditions = [outer.hide_condition for outer in (*inside, part) if outer.hide_condition]
        if any(holds(condition, facts, known_keys(form)) for condition in conditions):
            yield part.id


def _facts(form: Form, values: Mapping[str, object], off: set[str]) -> dict[str, object]:
    return {part.key: _fact(part, values.get(part.key)) for part in form.fields if part.key not in off}


def _with_parents(
    components: tuple[Component, ...], above: tuple[Component, ...]
) -> Iterator[tuple[Component, tuple[Component, ...]]]:
    for part in components:
        yield part, above
        if part.type == "group":
            yield from _with_parents(part.components, (*above, part))


def _fact(part: Component, value: object) -> object:
    """The typed text as the type that the condition means; what cannot be read is null."""
    try:
        if part.type == "number" and isinstance(value, str):
            return float(value)
        if part.type == "datetime" and isinstance(value, str):
            return date.fromisoformat(value)
    except ValueError:
        return None
    if part.type == "checkbox":
        return bool(value)
    return tuple(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else _scalar(value)


def _scalar(value: object) -> object:
    return value if isinstance(value, (str, int, float, bool)) else None
