"""Which step asks for what: the forms of a business in its order, and the field of each photograph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bundles import Bundle
from forms.document import Form
from webapp.house import form_of

LAST = 10_000
"""The place of a photograph that no step asks for."""


@dataclass(frozen=True)
class Asking:
    """The field that asks for a photograph: its step, that step's place in the business, its key and its label."""

    step: str
    place: int
    field: str
    label: str


def photo_fields(bundle: Bundle) -> dict[str, Asking]:
    """By slot, in the order of the business. The key of a photograph in the rows of a list is the list's."""
    found: dict[str, Asking] = {}
    for place, step, form in forms(bundle):
        for outer in form.components:
            for part in (one for one in (outer, *outer.components) if one.widget == "photo"):
                found.setdefault(part.properties["slot"], Asking(step, place, outer.key, part.label))
    return found


def forms(bundle: Bundle) -> Iterator[tuple[int, str, Form]]:
    """Each step that has a form: its place in the business, the step, the form."""
    for place, step in enumerate(order(bundle)):
        key = bundle.step(step).form
        if key in bundle.forms:
            yield place, step, form_of(bundle, key)


def order(bundle: Bundle) -> list[str]:
    """The steps in the order in which the business comes to them."""
    return [step for one in bundle.business.milestones for step in one.steps]
