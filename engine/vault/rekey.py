"""Moving everything sealed to the current key, and the blind indexes with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import LargeBinary, select
from sqlalchemy.orm import Session

from engine.tables import Base, CaseKey, Customer
from engine.vault.owners import rewrap
from engine.vault.sealing import key_id_of
from engine.vault.vault import Vault

UNSEALED = frozenset(
    {
        "bundles.files",  # public texts
        "case_keys.wrapped",  # wrapped instead
        "picture_codes.answer",  # hashed, and gone in minutes
    }
)
BATCH = 500


@dataclass(frozen=True)
class Rekeyed:
    """How many values were sealed anew, data keys wrapped anew, people indexed anew."""

    values: int
    data_keys: int
    people: int


def rekey(tx: Session, vault: Vault) -> Rekeyed:
    """Seal, wrap and index with the current key whatever an older one did; doing it twice changes nothing more."""
    values = sum(_reseal(tx, vault, model, column) for model, column in sealed_columns())
    stale = tx.scalars(select(CaseKey).where(CaseKey.key_id != vault.keys.current)).all()
    for row in stale:
        rewrap(vault.keys, row)
    people = _reindex(tx, vault)
    tx.flush()
    return Rekeyed(values, len(stale), people)


def sealed_columns() -> Iterator[tuple[type[Base], str]]:
    """Each sealed column: every binary one, but for those that say otherwise."""
    for mapper in Base.registry.mappers:
        model: type[Base] = mapper.class_
        for column in mapper.columns:
            if isinstance(column.type, LargeBinary) and f"{model.__tablename__}.{column.name}" not in UNSEALED:
                yield model, column.name


def _reseal(tx: Session, vault: Vault, model: type[Base], column: str) -> int:
    field, count = f"{model.__tablename__}.{column}", 0
    for row in tx.scalars(select(model).execution_options(yield_per=BATCH)):
        sealed: bytes | None = getattr(row, column)
        if sealed and key_id_of(sealed) != vault.keys.current:
            setattr(row, column, vault.seal(field, vault.open(field, sealed)))
            count += 1
    return count


def _reindex(tx: Session, vault: Vault) -> int:
    count = 0
    for row in tx.scalars(select(Customer)):
        index = vault.index("customers.id_number", vault.open("customers.id_number", row.id_number))
        if row.id_index != index:
            row.id_index, count = index, count + 1
    return count
