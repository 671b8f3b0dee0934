"""What the page knows when a form comes in: the day, the server's own values, the choices that are data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from forms.cards import CardRules
from forms.document import Component, Option
from forms.rules.bank_card import Bin


@dataclass(frozen=True)
class Reason:
    """A reject reason that a desk may choose."""

    code: str
    label: str
    customer_text: str
    field: str | None = None
    step: str | None = None
    final: bool = False


@dataclass(frozen=True)
class Question:
    """A knowledge question that was drawn for this call."""

    code: str
    text: str
    answer: str


@dataclass(frozen=True)
class HalfDay:
    """Half a day that can be booked. `id` such as 2026-11-24.am; `ends_at` an ISO 8601 moment."""

    id: str
    ends_at: str
    free: int


@dataclass(frozen=True)
class Context:
    """`given` holds what the server itself established, by component key: a posted value never replaces it."""

    today: date
    birth: date | None = None
    bank: str | None = None
    bins: Sequence[Bin] = ()
    given: Mapping[str, object] = field(default_factory=dict)
    choices: Mapping[str, tuple[Option, ...]] = field(default_factory=dict)
    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    questions: tuple[Question, ...] = ()
    needed: int = 0
    half_days: tuple[HalfDay, ...] = ()
    cards: CardRules = field(default_factory=CardRules)
    problems: Mapping[str, str] = field(default_factory=dict)

    def options(self, component: Component) -> tuple[Option, ...]:
        """Choices that are data go by `properties.choices`; the others stand in the document."""
        return self.choices.get(component.properties.get("choices", ""), component.options)

    def offered(self, component: Component) -> tuple[Reason, ...]:
        """The reasons that this field offers: all of the desk's, or by `properties.offers` some of them."""
        offers = component.properties.get("offers")
        return tuple(one for one in self.reasons if offers is None or one.final is (offers == "final"))

    def agreements(self, component: Component) -> tuple[str, ...]:
        """The documents to agree to: named in the form, or by the business."""
        return self.documents.get(component.properties.get("documents", ""), component.names("documents"))
