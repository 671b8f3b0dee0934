"""A change in the words of the contract: cards by bank and number, since an account system does not know our ids."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from engine.accounts import Change
from engine.accounts.rows import person_of
from engine.tables import Customer, FiledCard

if TYPE_CHECKING:
    from engine.store import Store


def order(store: Store, customer_id: str, change: Change) -> dict[str, Any] | None:
    """What is asked of the account system; None when a card to be removed never was on file here."""
    with store.read() as tx:
        person = person_of(store.vault, tx.get_one(Customer, customer_id))
        rows = [_filed(tx, customer_id, card) for card in change.removed]
        removed = [
            {
                "bank": row.bank,
                "number": store.vault.open("filed_cards.number", row.number),
                "unlinked": row.id in change.unlinked,
            }
            for row in rows
            if row is not None
        ]
    if len(removed) < len(rows):
        return None
    who = {"id_number": person.id_number, "account_number": person.account_number}
    return {"customer": who, "remove": removed, "add": [asdict(card) for card in change.added]}


def _filed(tx: Session, customer_id: str, card_id: str) -> FiledCard | None:
    """Also one that was taken off the file meanwhile: whether it may be removed is for the account system to say."""
    row = tx.get(FiledCard, card_id)
    return row if row is not None and row.customer_id == customer_id else None
