"""What a step's own form can say: the facts that it declares, and the reject reasons that it offers with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from engine.bundles import Bundle
from engine.cases.intentions import Scalar
from forms.conditions import hidden_fields
from forms.context import Context, Reason
from forms.document import Component, Form
from forms.facts import fact_type
from tests.house import MONDAY
from workers.catalogue import SERVICES


@dataclass(frozen=True)
class Saying:
    """One way to fill a form in. Where reasons are offered, at least one of them has to be given."""

    facts: dict[str, Scalar]
    reasons: tuple[str, ...] = ()

    def says(self, fact: str, value: Scalar) -> bool:
        return self.facts.get(fact) == value


def sayings(bundle: Bundle, step: str, half_day: str | None = None) -> tuple[Saying, ...]:
    """Every combination of facts that the form lets through; `half_day` is the moment when the one booked ends."""
    return tuple(Saying(_booked(bundle, step, half_day) | one.facts, one.reasons) for one in _closed(bundle, step))


def books(bundle: Bundle, step: str) -> bool:
    """Whether a half day is booked in this step."""
    return any(part.widget == "appointment" for part in _telling(bundle, step))


def _booked(bundle: Bundle, step: str, half_day: str | None) -> dict[str, Scalar]:
    parts = (part for part in _telling(bundle, step) if part.widget == "appointment")
    return {part.properties["fact"]: half_day for part in parts}


@cache
def _closed(bundle: Bundle, step: str) -> tuple[Saying, ...]:
    telling = [part for part in _telling(bundle, step) if part.widget != "appointment"]
    filled = product(*(_values(part) for part in telling))
    return tuple(_saying(bundle, step, _form(bundle, step), telling, values) for values in filled)


def _form(bundle: Bundle, step: str) -> Form:
    key = bundle.step(step).form
    return Form.parse(bundle.forms[key], key)


def _telling(bundle: Bundle, step: str) -> list[Component]:
    return [part for part in _form(bundle, step).fields if part.properties.get("fact") and fact_type(part)]


def _values(part: Component) -> tuple[Scalar, ...]:
    if fact_type(part) == "boolean":
        must = part.required and part.widget != "certificate"  # a detection may find none
        return (True,) if must else (True, False)
    assert part.options and part.required, f"{part.key} leaves open what it tells"
    return tuple(option.value for option in part.options)


def _saying(bundle: Bundle, step: str, form: Form, telling: list[Component], values: Sequence[Scalar]) -> Saying:
    typed = {part.key: value for part, value in zip(telling, values, strict=True)}
    facts = {part.properties["fact"]: value for part, value in zip(telling, values, strict=True)}
    return Saying(facts, tuple(_offered(bundle, step, form, typed)))


def _offered(bundle: Bundle, step: str, form: Form, typed: Mapping[str, object]) -> Iterator[str]:
    hidden = hidden_fields(form, typed)
    mine = (one for one in bundle.reasons if step in one.desks)
    context = Context(MONDAY.date(), reasons=tuple(Reason(one.code, "", "", final=one.final) for one in mine))
    for part in form.fields:
        if part.widget == "reject_reasons" and part.key not in hidden:
            yield from (reason.code for reason in context.offered(part))


WORDS: Mapping[str, tuple[Scalar, ...]] = {
    "account.apply": ("applied", "refused"),
    "account.withdraw": ("withdrawn", "applied"),
    "card.check": ("ok", "retake"),
    "photo.check": ("ok", "retake"),
}
"""What a service may answer where its result is a word; the good news first."""


def answers(service: str) -> tuple[dict[str, Scalar], ...]:
    """Every result that a service can give, the good one first."""
    results = SERVICES[service].results.items()
    told = [(True, False) if kind is bool else WORDS[service] for _, kind in results]
    return tuple({name: value for (name, _), value in zip(results, values, strict=True)} for values in product(*told))
