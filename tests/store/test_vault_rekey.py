"""Moving to a new key, on both databases."""

from __future__ import annotations

from sqlalchemy import select

from engine.accounts import Change, LocalAccountSystem, NewCard
from engine.tables import Base, CaseKey, Customer, FiledCard
from engine.vault import KeyMissing, Keys, Rekeyed, Vault, add_key, open_vault, rekey
from engine.vault.rekey import sealed_columns
from tests.store.conftest import Shop
from tests.store.people import NUMBER, add_customer

CARD = NewCard("CCB", "样例市中山路支行", "6217000000000000012")


def reopen(shop: Shop) -> None:
    shop.vault = open_vault(shop.folder / "keys.json", shop.folder / "blobs")


def test_after_a_rekey_the_new_key_alone_opens_everything(shop: Shop) -> None:
    customer = add_customer(shop)[0]
    LocalAccountSystem(shop).apply("setup", customer, Change(added=(CARD,)))
    with shop.write() as tx:
        blob = shop.vault.blobs.put(tx, customer, b"picture")
    add_key(shop.folder / "keys.json")
    reopen(shop)
    with shop.write() as tx:
        assert rekey(tx, shop.vault) == Rekeyed(values=8, data_keys=1, people=1)

    keys = shop.vault.keys
    alone = Keys("k2", "k2", {"k2": keys.masters["k2"]})
    shop.vault = Vault(alone, type(shop.vault.blobs)(alone, shop.vault.blobs.objects))
    system = LocalAccountSystem(shop)
    assert system.find(NUMBER) == customer
    assert (system.person(customer).name, system.cards(customer)[0].number) == ("张三", CARD.number)
    with shop.read() as tx:
        assert shop.vault.blobs.get(tx, customer, blob) == b"picture"


def test_without_a_rekey_the_new_key_alone_opens_nothing(shop: Shop) -> None:
    customer = add_customer(shop)[0]
    add_key(shop.folder / "keys.json")
    reopen(shop)
    alone = Keys("k2", "k2", {"k2": shop.vault.keys.masters["k2"]})
    shop.vault = Vault(alone, shop.vault.blobs)
    assert LocalAccountSystem(shop).find(NUMBER) is None
    try:
        LocalAccountSystem(shop).person(customer)
    except KeyMissing:
        return
    raise AssertionError


def test_a_second_rekey_finds_nothing_to_do(shop: Shop) -> None:
    add_customer(shop)
    with shop.write() as tx:
        assert rekey(tx, shop.vault) == Rekeyed(0, 0, 0)
    add_key(shop.folder / "keys.json")
    reopen(shop)
    for expected in (Rekeyed(6, 0, 1), Rekeyed(0, 0, 0)):
        with shop.write() as tx:
            assert rekey(tx, shop.vault) == expected


def test_a_rekey_that_fails_changes_nothing(shop: Shop) -> None:
    customer = add_customer(shop)[0]
    add_key(shop.folder / "keys.json")
    reopen(shop)

    def rows() -> list[tuple[bytes, str]]:
        with shop.read() as tx:
            return [(row.name, row.id_index) for row in tx.scalars(select(Customer))]

    before = rows()
    try:
        with shop.write() as tx:
            rekey(tx, shop.vault)
            raise RuntimeError
    except RuntimeError:
        pass
    assert rows() == before
    assert LocalAccountSystem(shop).person(customer).name == "张三"


def test_every_sealed_column_is_known_by_its_place() -> None:
    """A new binary column is sealed under `<table>.<column>`, or is named in `UNSEALED` with its reason."""
    places = {f"{model.__tablename__}.{column}" for model, column in sealed_columns()}
    assert {"customers.name", "filed_cards.number", "submissions.answers", "certificates.pem"} <= places
    assert places.isdisjoint({"bundles.files", "case_keys.wrapped"})
    assert all(issubclass(model, Base) for model, _ in sealed_columns())
    assert {model for model, _ in sealed_columns()} >= {Customer, FiledCard} and CaseKey not in {
        model for model, _ in sealed_columns()
    }
