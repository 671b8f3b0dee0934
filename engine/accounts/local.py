"""The local account system: keeps customers in Kaihu's own database, for a demonstration or a small company."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import rows
from engine.accounts.applying import apply_change, withdraw_change
from engine.accounts.people import Applied, CardOnFile, Change, ObligationOnFile, Person, RefusedChange
from engine.accounts.rows import card_on_file, cards_of, name_of, person_of, write_person
from engine.errors import Gone
from engine.tables import Customer, FiledPhoto, Obligation

if TYPE_CHECKING:
    from engine.store import Store

ID_NUMBER = "customers.id_number"
_CUSTOMER = rows.by_key(Customer)
NOBODY = Person(
    "", "某人", "110101190001010000", "13000000000", "样例路1号", "某局", None, None, True, "80000000", "", ""
)


class LocalAccountSystem:
    """An AccountSystem on the tables of Kaihu."""

    name = "local"

    def __init__(self, store: Store) -> None:
        self.store, self._nobody = store, Customer(id="")
        write_person(store.vault, self._nobody, NOBODY)

    def look_up(self, id_number: str) -> Person | None:
        """One statement and as much to open, whoever has the number: without a row, the one of nobody is opened."""
        indexes = self.store.vault.indexes(ID_NUMBER, id_number)
        with self.store.read() as tx:
            row = tx.scalar(select(Customer).where(Customer.id_index.in_(indexes)))
            person = person_of(self.store.vault, row or self._nobody)
        return person if row else None

    def find(self, id_number: str) -> str | None:
        indexes = self.store.vault.indexes(ID_NUMBER, id_number)
        with self.store.read() as tx:
            return tx.scalar(select(Customer.id).where(Customer.id_index.in_(indexes)))

    def person(self, customer_id: str) -> Person:
        with self.store.db.connect() as connection:  # one row is of one moment: no session, no snapshot
            row = _CUSTOMER.first(connection, {"key": customer_id})
        if row is None:
            raise Gone(f"no customer {customer_id}")
        return person_of(self.store.vault, row)

    def names(self, customer_ids: Collection[str]) -> Mapping[str, str]:
        asked = select(Customer.id, Customer.name).where(Customer.id.in_(customer_ids))
        with self.store.read() as tx:
            found = tx.execute(asked).all()
        return {row.id: name_of(self.store.vault, row.name) for row in found}

    def cards(self, customer_id: str) -> list[CardOnFile]:
        with self.store.read() as tx:
            return [card_on_file(self.store.vault, row) for row in cards_of(tx, customer_id)]

    def photos(self, customer_id: str) -> Mapping[str, str]:
        filed = select(FiledPhoto.slot, FiledPhoto.blob).where(FiledPhoto.customer_id == customer_id)
        with self.store.read() as tx:
            return {row.slot: row.blob for row in tx.execute(filed)}

    def obligations(self, customer_id: str) -> list[ObligationOnFile]:
        open_ones = select(Obligation).where(Obligation.customer_id == customer_id, Obligation.done_at.is_(None))
        with self.store.read() as tx:
            rows = tx.scalars(open_ones.order_by(Obligation.created_at, Obligation.id))
            return [ObligationOnFile(row.id, row.business, row.forced, row.created_at) for row in rows]

    def apply(self, key: str, customer_id: str, change: Change) -> Applied | RefusedChange:
        def work(tx: Session) -> Applied | RefusedChange:
            return apply_change(tx, self.store, key, customer_id, change)

        return self.store.unit(work)

    def withdraw(self, key: str, customer_id: str) -> Applied | None:
        return self.store.unit(lambda tx: withdraw_change(tx, self.store, key, customer_id))
