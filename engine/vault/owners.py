"""The data key of an owner: random, wrapped with the vault's key, in a row whose deletion shreds all his blobs."""

from __future__ import annotations

import os

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite
from sqlalchemy.orm import Session

from engine.tables import CaseKey
from engine.vault.errors import KeyMissing
from engine.vault.keys import LENGTH, Keys
from engine.vault.sealing import open_bytes, seal_bytes


def data_key(tx: Session, keys: Keys, owner_id: str) -> bytes:
    """The owner's key; KeyMissing when he never had one or was shredded."""
    wrapped = tx.scalar(select(CaseKey.wrapped).where(CaseKey.owner_id == owner_id))
    if wrapped is None:
        raise KeyMissing(f"no data key of {owner_id}")
    return open_bytes(keys, "wrap", _place(owner_id), wrapped)


def make_data_key(tx: Session, keys: Keys, owner_id: str) -> bytes:
    """The owner's key, made now if he has none. Of two writers that make it at once, both get the first one's."""
    if tx.scalar(select(CaseKey.owner_id).where(CaseKey.owner_id == owner_id)) is None:
        wrapped = seal_bytes(keys, "wrap", _place(owner_id), os.urandom(LENGTH))
        _insert_unless_there(tx, {"owner_id": owner_id, "wrapped": wrapped, "key_id": keys.current})
    return data_key(tx, keys, owner_id)


def rewrap(keys: Keys, row: CaseKey) -> None:
    """Wrap the data key of a row with the current key; the blobs stay as they are."""
    place = _place(row.owner_id)
    row.wrapped = seal_bytes(keys, "wrap", place, open_bytes(keys, "wrap", place, row.wrapped))
    row.key_id = keys.current


def _insert_unless_there(tx: Session, values: dict[str, object]) -> None:
    dialect = tx.get_bind().dialect.name
    if dialect == "postgresql":
        tx.execute(insert_postgresql(CaseKey).values(values).on_conflict_do_nothing())
    elif dialect == "sqlite":
        tx.execute(insert_sqlite(CaseKey).values(values).on_conflict_do_nothing())
    else:
        tx.execute(insert(CaseKey).values(values))


def _place(owner_id: str) -> str:
    return f"case_keys.{owner_id}"
