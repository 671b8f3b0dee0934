"""Putting on file what is there before any case: pictures, obligations, branches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from engine.ids import Ids
from engine.tables import Branch, FiledPhoto, Obligation
from engine.vault import Vault


def file_photo(tx: Session, vault: Vault, now: datetime, customer_id: str, slot: str, data: bytes) -> str:
    """Put a picture on file for a slot, in place of an older one; the name of its blob."""
    blob = vault.blobs.put(tx, customer_id, data)
    tx.merge(FiledPhoto(customer_id=customer_id, slot=slot, blob=blob, at=now))
    tx.flush()
    return blob


def add_obligation(tx: Session, ids: Ids, now: datetime, customer_id: str, business: str, *, forced: bool) -> str:
    """Something that a customer has to sign; its id."""
    row = Obligation(
        id=ids.new(), customer_id=customer_id, business=business, forced=forced, created_at=now, done_at=None
    )
    tx.add(row)
    tx.flush()
    return row.id


def settle_obligation(tx: Session, now: datetime, obligation_id: str) -> bool:
    """Mark an obligation as done; whether this call did it."""
    row = tx.get(Obligation, obligation_id, with_for_update=True)
    if row is None or row.done_at is not None:
        return False
    row.done_at = now
    tx.flush()
    return True


def add_branch(tx: Session, branch_id: str, name: str, name_en: str) -> None:
    """A branch, or its new names."""
    tx.merge(Branch(id=branch_id, name=name, name_en=name_en))
    tx.flush()
