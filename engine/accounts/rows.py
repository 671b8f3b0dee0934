"""Between the rows of customers and cards, which are sealed, and the words of the account system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts.people import CardOnFile, NewCard, Person
from engine.tables import Customer, FiledCard
from engine.vault import Vault

if TYPE_CHECKING:
    from engine.store import Store

SEALED = ("id_number", "name", "phone", "account_number", "address", "issuer")


def person_of(vault: Vault, row: Customer) -> Person:
    """The person of a row, opened."""
    opened = {column: vault.open(f"customers.{column}", getattr(row, column)) for column in SEALED}
    return Person(
        customer_id=row.id,
        id_valid_from=row.id_valid_from,
        id_valid_until=row.id_valid_until,
        id_long_term=row.id_long_term,
        account_type=row.account_type,
        branch_id=row.branch_id,
        **opened,
    )


def name_of(vault: Vault, sealed: bytes) -> str:
    """The name that a customer's row has, opened."""
    return vault.open("customers.name", sealed)


def write_person(vault: Vault, row: Customer, person: Person) -> None:
    """Put a person into a row, sealed, with the index of his ID number."""
    for column in SEALED:
        setattr(row, column, vault.seal(f"customers.{column}", getattr(person, column)))
    row.id_index = vault.index("customers.id_number", person.id_number)
    row.id_valid_from, row.id_valid_until = person.id_valid_from, person.id_valid_until
    row.id_long_term, row.account_type, row.branch_id = person.id_long_term, person.account_type, person.branch_id


def cards_of(tx: Session, customer_id: str) -> Sequence[FiledCard]:
    """The rows of a customer's cards that are on file."""
    live = select(FiledCard).where(FiledCard.customer_id == customer_id, FiledCard.removed_at.is_(None))
    return tx.scalars(live.order_by(FiledCard.added_at, FiledCard.id)).all()


def card_on_file(vault: Vault, row: FiledCard) -> CardOnFile:
    """The card of a row, opened."""
    outlet = vault.open("filed_cards.outlet", row.outlet)
    return CardOnFile(row.id, row.bank, outlet, vault.open("filed_cards.number", row.number), row.linked)


def new_card_row(store: Store, customer_id: str, card: NewCard, *, linked: bool = False) -> FiledCard:
    """A row for a card, sealed."""
    return FiledCard(
        id=store.ids.new(),
        customer_id=customer_id,
        bank=card.bank,
        outlet=store.vault.seal("filed_cards.outlet", card.outlet),
        number=store.vault.seal("filed_cards.number", card.number),
        linked=linked,
        added_at=store.clock.now(),
        removed_at=None,
    )
