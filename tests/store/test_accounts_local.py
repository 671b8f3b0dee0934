"""The local account system on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from engine.accounts import (
    Applied,
    Change,
    LocalAccountSystem,
    NewCard,
    RefusedChange,
    add_obligation,
    file_photo,
    settle_obligation,
)
from engine.errors import Gone
from engine.tables import AppliedChange, FiledCard
from engine.vault import add_key, open_vault
from tests.store.conftest import Shop
from tests.store.people import NUMBER, add_customer

ICBC = NewCard("ICBC", "样例市和平路支行", "6222020000000000034")
OTHER_ICBC = NewCard("ICBC", "样例市人民路支行", "6222020000000000075")
CCB = NewCard("CCB", "样例市中山路支行", "6217000000000000012")
CMB = NewCard("CMB", "样例市湖滨支行", "6225880000000019")
UNLISTED = NewCard("XYZ", "样例市支行", "6225880000000027")


@pytest.fixture
def customer(shop: Shop) -> str:
    return add_customer(shop)[0]


@pytest.fixture
def system(shop: Shop, customer: str) -> LocalAccountSystem:
    system = LocalAccountSystem(shop)
    assert isinstance(system.apply("setup", customer, Change(added=(ICBC, CMB))), Applied)
    shop.clock.pass_by(days=1)
    return system


def banks(system: LocalAccountSystem, customer: str) -> list[str]:
    return sorted(card.bank for card in system.cards(customer))


def card_id(system: LocalAccountSystem, customer: str, bank: str) -> str:
    return next(card.id for card in system.cards(customer) if card.bank == bank)


def link(shop: Shop, card: str) -> None:
    with shop.write() as tx:
        tx.get_one(FiledCard, card).linked = True


def test_a_person_is_found_by_id_number_and_read_whole(system: LocalAccountSystem, customer: str) -> None:
    assert system.find(NUMBER.lower()) == customer
    assert system.find("110101200811220017") is None
    person = system.person(customer)
    assert (person.name, person.id_number, person.phone) == ("张三", NUMBER, "13800138000")
    assert (person.birth, person.sex) == (date(1949, 12, 31), "female")
    with pytest.raises(Gone):
        system.person("nobody")


def test_a_person_is_found_after_a_new_key_too(shop: Shop, system: LocalAccountSystem, customer: str) -> None:
    add_key(shop.folder / "keys.json")
    shop.vault = open_vault(shop.folder / "keys.json", shop.folder / "blobs")
    assert system.find(NUMBER) == customer


def test_a_change_is_applied_whole(system: LocalAccountSystem, customer: str) -> None:
    old = card_id(system, customer, "ICBC")
    assert isinstance(system.apply("case1", customer, Change((old,), (OTHER_ICBC, CCB))), Applied)
    cards = {card.bank: card for card in system.cards(customer)}
    assert set(cards) == {"ICBC", "CCB", "CMB"}
    assert (cards["ICBC"].number, cards["CCB"].outlet) == (OTHER_ICBC.number, CCB.outlet)


def test_a_change_asked_twice_is_made_once_and_answered_alike(
    shop: Shop, system: LocalAccountSystem, customer: str
) -> None:
    first = system.apply("case1", customer, Change(added=(CCB,)))
    shop.clock.pass_by(hours=1)
    assert system.apply("case1", customer, Change(added=(CCB,))) == first
    assert banks(system, customer) == ["CCB", "CMB", "ICBC"]
    assert system.apply("case2", customer, Change(added=(CCB,))) == RefusedChange(
        "card_on_file"
    )  # control: another key


def test_a_key_stands_for_one_change_of_one_customer(shop: Shop, system: LocalAccountSystem, customer: str) -> None:
    other = add_customer(shop, "110101200811220017", "李四")[0]
    system.apply("case1", customer, Change(added=(CCB,)))
    assert system.apply("case1", customer, Change(added=(OTHER_ICBC,))) == RefusedChange("key_reused")
    assert system.apply("case1", other, Change(added=(CCB,))) == RefusedChange("key_reused")
    assert (banks(system, customer), banks(system, other)) == (["CCB", "CMB", "ICBC"], [])


def test_a_refused_change_may_be_asked_again_once_its_cause_is_gone(
    shop: Shop, system: LocalAccountSystem, customer: str
) -> None:
    card = card_id(system, customer, "CMB")
    link(shop, card)
    assert system.apply("case1", customer, Change((card,))) == RefusedChange("card_linked")
    assert isinstance(system.apply("case1", customer, Change((card,), unlinked=frozenset({card}))), Applied)
    assert banks(system, customer) == ["ICBC"]


@pytest.mark.parametrize(
    ("removed", "added", "code"),
    [
        ((), (), "no_change"),
        (("ICBC",), (OTHER_ICBC,), None),
        (("nothing",), (), "card_unknown"),
        ((), (UNLISTED,), "bank_unknown"),
        ((), (OTHER_ICBC,), "same_bank"),
        (("CMB",), (CCB, NewCard("CCB", "另一网点", "6217000000000000087")), "same_bank"),
        ((), (ICBC,), "card_on_file"),
        ((), (CCB, NewCard("ABC", "网点", CCB.number)), "card_on_file"),
        (("ICBC", "CMB"), (), "no_card_left"),
        (("ICBC", "CMB"), (CCB,), None),
    ],
)
def test_what_may_not_be_applied_changes_nothing(
    system: LocalAccountSystem,
    customer: str,
    removed: tuple[str, ...],
    added: tuple[NewCard, ...],
    code: str | None,
) -> None:
    ids = {card.bank: card.id for card in system.cards(customer)}
    before = system.cards(customer)
    answer = system.apply("case1", customer, Change(tuple(ids.get(bank, bank) for bank in removed), added))
    assert (answer.code if isinstance(answer, RefusedChange) else None) == code
    assert (system.cards(customer) == before) == (code is not None)


def test_somebody_elses_card_cannot_be_removed(shop: Shop, system: LocalAccountSystem, customer: str) -> None:
    other = add_customer(shop, "110101200811220017", "李四")[0]
    answer = system.apply("case1", other, Change((card_id(system, customer, "ICBC"),), (CCB,)))
    assert answer == RefusedChange("card_unknown")
    assert system.apply("case2", "nobody", Change(added=(CCB,))) == RefusedChange("customer_unknown")


def test_the_memory_of_a_key_tells_no_card_number(shop: Shop, system: LocalAccountSystem, customer: str) -> None:
    system.apply("case1", customer, Change(added=(CCB,)))
    with shop.read() as tx:
        row = tx.get_one(AppliedChange, "case1")
        assert (row.result, len(row.code)) == ("applied", 64)


def test_pictures_on_file_are_replaced_by_newer_ones(shop: Shop, system: LocalAccountSystem, customer: str) -> None:
    with shop.write() as tx:
        file_photo(tx, shop.vault, shop.clock.now(), customer, "id_portrait", b"old")
        file_photo(tx, shop.vault, shop.clock.now(), customer, "id_portrait", b"new")
        file_photo(tx, shop.vault, shop.clock.now(), customer, "id_emblem", b"emblem")
    photos = system.photos(customer)
    assert set(photos) == {"id_portrait", "id_emblem"}
    with shop.read() as tx:
        assert shop.vault.blobs.get(tx, customer, photos["id_portrait"]) == b"new"


def test_an_obligation_is_open_until_it_is_settled_once(shop: Shop, system: LocalAccountSystem, customer: str) -> None:
    with shop.write() as tx:
        forced = add_obligation(tx, shop.ids, shop.clock.now(), customer, "sign_this", forced=True)
    assert [(each.id, each.business, each.forced) for each in system.obligations(customer)] == [
        (forced, "sign_this", True)
    ]
    with shop.write() as tx:
        assert settle_obligation(tx, shop.clock.now(), forced)
        assert not settle_obligation(tx, shop.clock.now(), forced)
    assert system.obligations(customer) == []


def test_removed_cards_stay_in_the_table_as_history(shop: Shop, system: LocalAccountSystem, customer: str) -> None:
    system.apply("case1", customer, Change((card_id(system, customer, "ICBC"),)))
    with shop.read() as tx:
        rows = [(row.bank, row.removed_at is None) for row in tx.scalars(select(FiledCard))]
    assert sorted(rows) == [("CMB", True), ("ICBC", False)]


def test_an_application_that_was_made_cannot_be_withdrawn(system: LocalAccountSystem, customer: str) -> None:
    made = system.apply("signed1", customer, Change((card_id(system, customer, "ICBC"),)))
    assert system.withdraw("signed1", customer) == made


def test_a_withdrawn_application_is_never_made_however_late_it_comes(system: LocalAccountSystem, customer: str) -> None:
    change = Change((card_id(system, customer, "ICBC"),))
    assert system.withdraw("signed1", customer) is None
    assert system.apply("signed1", customer, change) == RefusedChange("withdrawn")
    assert {card.bank for card in system.cards(customer)} == {"ICBC", "CMB"}
    assert isinstance(system.apply("signed2", customer, change), Applied)  # what was signed anew is another one
