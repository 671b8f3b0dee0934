"""Bringing what Kaihu keeps of a customer to what is told of him, by a file or by the company's account system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts.people import NewCard, Person, ToldCard
from engine.accounts.rows import card_on_file, cards_of, new_card_row, person_of, write_person
from engine.tables import Customer
from engine.vault import Vault

if TYPE_CHECKING:
    from engine.store import Store

Kept = Literal["added", "changed", "unchanged"]


def keep_customer(tx: Session, store: Store, told: Person, cards: Sequence[ToldCard] | None) -> tuple[str, Kept]:
    """The customer with the told ID number, added or brought to what is told; his id here. None leaves his cards alone.

    Kaihu gives its own ids: `told.customer_id` is not read.
    """
    there = find_kept(tx, store.vault, told.id_number, lock=True)
    row = there or Customer(id=store.ids.new())
    person = replace(told, customer_id=row.id)
    same = there is not None and person_of(store.vault, there) == person
    if not same:
        write_person(store.vault, row, person)
        tx.add(row)
        tx.flush()
    moved = cards is not None and _bring_cards(tx, store, row.id, cards)
    if there is None:
        return row.id, "added"
    return row.id, "changed" if moved or not same else "unchanged"


def kept_alike(tx: Session, vault: Vault, told: Person, cards: Sequence[ToldCard] | None) -> str | None:
    """The id of the customer who is kept exactly as he is told: there is nothing to write."""
    row = find_kept(tx, vault, told.id_number)
    if row is None or person_of(vault, row) != replace(told, customer_id=row.id):
        return None
    if cards is None:
        return row.id
    filed = [card_on_file(vault, each) for each in cards_of(tx, row.id)]
    here = {NewCard(card.bank, card.outlet, card.number): card.linked for card in filed}
    return row.id if here == {each.card: each.linked for each in cards} else None


def find_kept(tx: Session, vault: Vault, id_number: str, lock: bool = False) -> Customer | None:
    """The row of the customer with this ID number."""
    found = select(Customer).where(Customer.id_index.in_(vault.indexes("customers.id_number", id_number)))
    return tx.scalar(found.with_for_update() if lock else found)


def _bring_cards(tx: Session, store: Store, customer_id: str, cards: Sequence[ToldCard]) -> bool:
    """Make the cards on file the told ones; whether anything changed."""
    wanted = {each.card: each.linked for each in cards}
    changed = False
    for row in cards_of(tx, customer_id):
        card = card_on_file(store.vault, row)
        linked = wanted.pop(NewCard(card.bank, card.outlet, card.number), None)
        if linked is None:
            row.removed_at, changed = store.clock.now(), True
        elif linked != row.linked:
            row.linked, changed = linked, True
    tx.add_all(new_card_row(store, customer_id, card, linked=linked) for card, linked in wanted.items())
    return changed or bool(wanted)
