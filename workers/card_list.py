"""The bank cards that the customer submitted last, wherever the business's forms ask for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.bundles import Bundle, bundle_of
from engine.cases import answers
from engine.tables import Case
from workers.service import Impossible

if TYPE_CHECKING:
    from engine.store import Store

WIDGET = "bank_cards"


@dataclass(frozen=True)
class AddedCard:
    """A new card; `slot` is where its photograph lies."""

    bank: str
    outlet: str
    number: str
    slot: str


@dataclass(frozen=True)
class CardList:
    """What the customer asks to be changed."""

    removed: tuple[str, ...]
    unlinked: tuple[str, ...]
    added: tuple[AddedCard, ...]

    @property
    def slots(self) -> list[str]:
        return [card.slot for card in self.added]


def submitted_cards(store: Store, case_id: str) -> CardList:
    """The latest accepted list of this case; Impossible when its business asks for none, or none was submitted."""
    with store.read() as tx:
        assert store.known is not None
        bundle = bundle_of(tx, tx.get_one(Case, case_id).bundle_hash, store.known)
        for step, component in _lists(bundle):
            given = answers.latest(tx, store.vault, case_id, step)
            if given is not None:
                return _list(given[_key(component)], component)
    raise Impossible("no list of bank cards was submitted in this case")


def _lists(bundle: Bundle) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step whose form asks for the list of cards, with the component that does."""
    for step in bundle.steps:
        for component in bundle.forms.get(step.form or "", {}).get("components", []):
            if component.get("properties", {}).get("widget") == WIDGET:
                yield step.id, component


def _key(component: dict[str, Any]) -> str:
    return str(component.get("path") or component["key"])


def _list(value: dict[str, Any], component: dict[str, Any]) -> CardList:
    photo_slot = _photo_slot(component)
    return CardList(
        removed=tuple(value["removed"]),
        unlinked=tuple(value["unlinked"]),
        added=tuple(
            AddedCard(row["bank"], row["outlet"], row["number"], f"{photo_slot}:{row['row']}") for row in value["added"]
        ),
    )


def _photo_slot(component: dict[str, Any]) -> str:
    """The slot of the list's photo field; each row's photograph lies in `slot:row`."""
    parts = (part.get("properties", {}) for part in component.get("components", []))
    return next((str(part["slot"]) for part in parts if part.get("widget") == "photo"), "")
