"""Applying a change to the cards on file: once for each key, all of it or nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import company
from engine.accounts.answers import note_answer
from engine.accounts.people import Applied, CardOnFile, Change, Refusal, RefusedChange
from engine.accounts.rows import card_on_file, cards_of, new_card_row
from engine.tables import AppliedChange, Customer, FiledCard

if TYPE_CHECKING:
    from engine.store import Store

FIELD = "applied_changes.code"
WITHDRAWN: Final = "withdrawn"


def apply_change(tx: Session, store: Store, key: str, customer_id: str, change: Change) -> Applied | RefusedChange:
    """Make the change in this write unit, unless it was made under this key, or may not be made."""
    customer = tx.scalar(select(Customer.id).where(Customer.id == customer_id).with_for_update())
    done = tx.get(AppliedChange, key, with_for_update=True)
    text = _text(customer_id, change)
    if done is not None and done.result == "applied":
        same = done.code in store.vault.indexes(FIELD, text)
        return Applied(done.at) if same else RefusedChange("key_reused")
    if done is not None and done.result == WITHDRAWN:
        return RefusedChange(WITHDRAWN)
    rows = cards_of(tx, customer_id)
    filed = [card_on_file(store.vault, row) for row in rows]
    banks = {bank.code for bank in company.load(tx).banks}
    code = "customer_unknown" if customer is None else refusal(filed, change, banks)
    if code is None:
        _write(tx, store, customer_id, rows, change)
    return _remember(tx, store, key, text, code)


def withdraw_change(tx: Session, store: Store, key: str, customer_id: str) -> Applied | None:
    """When the change was made under this key; else it is remembered that it never may be, however late it comes."""
    tx.scalar(select(Customer.id).where(Customer.id == customer_id).with_for_update())
    row = tx.get(AppliedChange, key, with_for_update=True)
    if row is not None and row.result == "applied":
        return Applied(row.at)
    note_answer(tx, key, WITHDRAWN, WITHDRAWN, store.clock.now())
    return None


def refusal(filed: Sequence[CardOnFile], change: Change, banks: set[str]) -> Refusal | None:
    """Why this change of these cards may not be made, if so."""
    removed, added = set(change.removed), change.added
    staying = [card for card in filed if card.id not in removed]
    numbers = [card.number for card in staying] + [card.number for card in added]
    resulting = [card.bank for card in staying] + [card.bank for card in added]
    leaving = {card.id: card for card in filed if card.id in removed}
    rules: tuple[tuple[bool, Refusal], ...] = (
        (not removed and not added, "no_change"),
        (removed != leaving.keys(), "card_unknown"),
        (any(card.linked and card.id not in change.unlinked for card in leaving.values()), "card_linked"),
        (any(card.bank not in banks for card in added), "bank_unknown"),
        (len(set(numbers)) < len(numbers), "card_on_file"),
        (len(set(resulting)) < len(resulting), "same_bank"),
        (not resulting, "no_card_left"),
    )
    return next((code for broken, code in rules if broken), None)


def _write(tx: Session, store: Store, customer_id: str, rows: Sequence[FiledCard], change: Change) -> None:
    for row in rows:
        if row.id in change.removed:
            row.removed_at, row.linked = store.clock.now(), False
    tx.add_all(new_card_row(store, customer_id, card) for card in change.added)


def _remember(tx: Session, store: Store, key: str, text: str, code: Refusal | None) -> Applied | RefusedChange:
    """Keep the answer: an applied one for good, with the index of what was applied; a refused one until asked again."""
    now = store.clock.now()
    note_answer(tx, key, "refused" if code else "applied", code or store.vault.index(FIELD, text), now)
    return RefusedChange(code) if code else Applied(now)


def _text(customer_id: str, change: Change) -> str:
    cards = sorted((asdict(card) for card in change.added), key=lambda card: (card["bank"], card["number"]))
    return json.dumps([customer_id, sorted(change.removed), cards], ensure_ascii=False, sort_keys=True)
