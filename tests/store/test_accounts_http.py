"""The account system over HTTP, against a small real one: once for each key, whatever the wire does to an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from engine.accounts import Applied, Change, NewCard, RefusedChange, Unavailable
from engine.tables import AppliedChange
from tests.account_core import AT, Core, Mishap, card, customer, dripping, lost, put_secret, says, serving, slow
from tests.store.conftest import Shop
from tests.store.people import NUMBER
from workers.drivers.account_http import HttpAccountSystem, Pace, account_system, client
from workers.drivers.account_http.client import Patience

ICBC, CMB = card("ICBC", "6222020000000000034"), card("CMB", "6225880000000019", linked=True)
CCB = NewCard("CCB", "样例市中山路支行", "6217000000000000012")
ADDED = Change(added=(CCB,))


@dataclass
class Wire:
    """Kaihu's end and the company's end."""

    system: HttpAccountSystem
    core: Core

    @property
    def zhang(self) -> str:
        found = self.system.find(NUMBER)
        assert found
        return found

    @property
    def banks(self) -> list[str]:
        return sorted(each["bank"] for each in self.core.customers[NUMBER]["cards"])


@pytest.fixture
def core() -> Core:
    return Core(customers={NUMBER: customer(NUMBER, cards=[ICBC, CMB])})


@pytest.fixture(autouse=True)
def little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client.Client.ask, "__defaults__", (None, Patience(1, 0.3)))
    monkeypatch.setattr("workers.drivers.account_http.system.CHANGE", Patience(1, 0.3))


@pytest.fixture
def url(sqlite_url: str) -> str:
    """One database is enough: what is kept of a customer is the subject of test_accounts_import.py, on both."""
    return sqlite_url


@pytest.fixture
def wire(shop: Shop, core: Core) -> Iterator[Wire]:
    put_secret(shop.folder)
    with serving(core) as url:
        system = account_system(shop, url, shop.folder, Pace(0))
        assert isinstance(system, HttpAccountSystem)
        yield Wire(system, core)


def note(shop: Shop, key: str) -> tuple[str, str]:
    with shop.read() as tx:
        row = tx.get_one(AppliedChange, key)
        return row.result, row.code


# -- who somebody is --


def test_a_customer_is_found_and_kept(wire: Wire) -> None:
    zhang = wire.zhang
    person = wire.system.person(zhang)
    assert (person.name, person.phone, person.id_long_term) == ("张三", "13800138000", True)
    assert {each.bank: each.linked for each in wire.system.cards(zhang)} == {"ICBC": False, "CMB": True}
    assert wire.system.find("110101200811220017") is None
    assert all(NUMBER not in path for _, path, _ in wire.core.asked)  # no ID number in anybody's access log


def test_what_has_changed_is_brought_up_to_date_at_the_next_look_up(wire: Wire) -> None:
    zhang = wire.zhang
    before = {each.bank: each.id for each in wire.system.cards(zhang)}
    told = wire.core.customers[NUMBER]
    told["phone"], told["cards"] = "13900139000", [CMB | {"linked": False}]
    assert wire.system.person(zhang).phone == "13800138000"  # the control: nothing is asked in between
    assert wire.zhang == zhang and wire.system.person(zhang).phone == "13900139000"
    assert [(each.id, each.linked) for each in wire.system.cards(zhang)] == [(before["CMB"], False)]


def test_what_is_known_already_writes_nothing(wire: Wire, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    zhang = wire.zhang
    monkeypatch.setattr(Shop, "write", None)
    assert wire.zhang == zhang


def test_pages_and_desks_need_no_answer_of_it(wire: Wire) -> None:
    zhang, asked = wire.zhang, len(wire.core.asked)
    wire.core.mishaps += [says(503)] * 9
    assert wire.system.person(zhang).name == "张三" and len(wire.system.cards(zhang)) == 2
    assert wire.system.obligations(zhang) == [] and wire.system.photos(zhang) == {}
    assert len(wire.core.asked) == asked + 1  # the pictures alone were asked for


def test_pictures_on_file_are_fetched_once_and_follow(wire: Wire, shop: Shop) -> None:
    zhang, told = wire.zhang, wire.core.customers[NUMBER]

    def holds(*pictures: tuple[str, bytes]) -> None:
        told["photos"] = [{"slot": slot, "sha256": hashlib.sha256(data).hexdigest()} for slot, data in pictures]
        wire.core.pictures = {(NUMBER, slot): data for slot, data in pictures}

    holds(("id_portrait", b"portrait"), ("id_emblem", b"emblem"))
    assert set(wire.system.photos(zhang)) == {"id_portrait", "id_emblem"}
    wire.core.pictures.clear()  # whoever asked for them again would get nothing
    names = wire.system.photos(zhang)
    with shop.read() as tx:
        assert shop.vault.blobs.get(tx, zhang, names["id_portrait"]) == b"portrait"
    holds(("id_portrait", b"a newer portrait"))
    names = wire.system.photos(zhang)
    with shop.read() as tx:
        assert {slot: shop.vault.blobs.get(tx, zhang, name) for slot, name in names.items()} == {
            "id_portrait": b"a newer portrait"
        }
    told["photos"] = [{"slot": "id_portrait", "sha256": "0" * 64}]  # not what is sent: the one that is there stays
    assert wire.system.photos(zhang) == names


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"id_number": "110101200811220017"}, "another customer"),
        ({"phone": "12345"}, "customer.phone"),
        ({"valid_from": "yesterday"}, "customer.valid_from"),
        ({"branch": "paris"}, "a branch that is not set up here: paris"),
        ({"cards": [ICBC | {"number": "6222-0200"}]}, "customer.cards.0.number"),
        ({"name": None}, "customer.name"),
    ],
)
def test_a_customer_against_the_contract_is_not_kept_and_no_value_is_repeated(
    wire: Wire, wrong: dict[str, object], told: str
) -> None:
    wire.core.customers[NUMBER] |= wrong
    with pytest.raises(Unavailable) as refused:
        wire.system.find(NUMBER)
    assert told in str(refused.value) and refused.value.permanent
    assert not any(word in str(refused.value) for word in ("12345", "yesterday", "6222", "张三", NUMBER))


def test_only_two_wait_for_it_at_once(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.drivers.account_http.lookup.TURN", 0.01)
    turns = [wire.system.lookup._turn() for _ in range(3)]
    with turns[0], turns[1], pytest.raises(Unavailable, match="too many"):
        wire.system.find(NUMBER)
    assert wire.system.find(NUMBER)  # the control


# -- a change --


def test_a_change_is_made_and_its_cards_are_kept(wire: Wire, shop: Shop) -> None:
    zhang = wire.zhang
    linked = next(each.id for each in wire.system.cards(zhang) if each.bank == "CMB")
    answer = wire.system.apply("s1", zhang, Change((linked,), (CCB,), frozenset({linked})))
    assert answer == Applied(datetime.fromisoformat(AT)) and note(shop, "s1") == ("applied", "")
    assert wire.banks == sorted(each.bank for each in wire.system.cards(zhang)) == ["CCB", "ICBC"]
    body = next(body for method, _, body in wire.core.asked if method == "PUT")
    assert body == {
        "customer": {"id_number": NUMBER, "account_number": "88001234"},
        "remove": [{"bank": "CMB", "number": CMB["number"], "unlinked": True}],
        "add": [{"bank": "CCB", "outlet": CCB.outlet, "number": CCB.number}],
    }


def test_a_refusal_comes_with_its_code_and_may_be_asked_again(wire: Wire, shop: Shop) -> None:
    zhang, wire.core.refuses = wire.zhang, "account_frozen"
    assert wire.system.apply("s1", zhang, ADDED) == RefusedChange("account_frozen")
    assert note(shop, "s1") == ("refused", "account_frozen")
    wire.core.refuses = ""
    assert isinstance(wire.system.apply("s1", zhang, ADDED), Applied) and note(shop, "s1") == ("applied", "")


def test_a_card_that_never_was_on_file_is_not_asked_for(wire: Wire) -> None:
    assert wire.system.apply("s1", wire.zhang, Change(("nothing",))) == RefusedChange("card_unknown")
    assert wire.core.count("PUT", "/changes") == 0


def test_asked_twice_it_is_made_once_and_answered_alike(wire: Wire) -> None:
    zhang = wire.zhang
    assert wire.system.apply("s1", zhang, ADDED) == wire.system.apply("s1", zhang, ADDED)
    assert wire.banks == ["CCB", "CMB", "ICBC"] and wire.core.count("PUT", "/changes/s1") == 2


@pytest.mark.parametrize("mishap", [lost, slow, dripping], ids=lambda each: each.__name__)
def test_an_answer_that_is_lost_is_asked_for_by_its_key(wire: Wire, mishap: Mishap) -> None:
    zhang = wire.zhang
    wire.core.mishaps.append(mishap)
    assert wire.system.apply("s1", zhang, ADDED) == Applied(datetime.fromisoformat(AT))
    assert wire.core.count("PUT", "/changes/s1") == 1 and wire.core.count("GET", "/changes/s1") == 1


def test_a_change_that_never_arrived_is_tried_again(wire: Wire) -> None:
    zhang = wire.zhang
    wire.core.mishaps.append(says(500))
    with pytest.raises(Unavailable) as away:
        wire.system.apply("s1", zhang, ADDED)
    assert not away.value.permanent and wire.banks == ["CMB", "ICBC"]
    assert isinstance(wire.system.apply("s1", zhang, ADDED), Applied)


def test_an_older_refusal_says_nothing_of_a_change_that_is_asked_again(wire: Wire) -> None:
    zhang, wire.core.refuses = wire.zhang, "card_linked"
    wire.system.apply("s1", zhang, ADDED)
    wire.core.mishaps.append(says(503))
    with pytest.raises(Unavailable):
        wire.system.apply("s1", zhang, ADDED)


def test_a_change_that_is_not_decided_yet_is_asked_for_later(wire: Wire) -> None:
    zhang = wire.zhang
    wire.core.changes["s1"] = {"state": "pending"}
    wire.core.mishaps.append(says(200, b'{"state": "pending"}'))
    with pytest.raises(Unavailable, match=r"not decided yet \(pending\)") as away:
        wire.system.apply("s1", zhang, ADDED)
    assert not away.value.permanent


# -- taking it back --


def test_what_was_withdrawn_is_never_made_however_late_it_comes(wire: Wire, shop: Shop) -> None:
    zhang = wire.zhang
    assert wire.system.withdraw("s1", zhang) is None and note(shop, "s1") == ("withdrawn", "withdrawn")
    assert wire.system.apply("s1", zhang, ADDED) == RefusedChange("withdrawn")
    assert wire.banks == ["CMB", "ICBC"]
    assert isinstance(wire.system.apply("s2", zhang, ADDED), Applied)  # what is signed anew is another one


def test_what_was_made_cannot_be_withdrawn(wire: Wire) -> None:
    zhang = wire.zhang
    made = wire.system.apply("s1", zhang, ADDED)
    assert wire.system.withdraw("s1", zhang) == made


@pytest.mark.parametrize("mishap", [lost, slow], ids=lambda each: each.__name__)
def test_a_withdrawal_whose_answer_is_lost_is_asked_for(wire: Wire, mishap: Mishap) -> None:
    zhang = wire.zhang
    wire.core.mishaps.append(mishap)
    assert wire.system.withdraw("s1", zhang) is None
    wire.core.mishaps.append(mishap)
    made = wire.system.apply("s2", zhang, ADDED)
    wire.core.mishaps.append(says(502))
    assert wire.system.withdraw("s2", zhang) == made


def test_a_refused_change_is_not_taken_for_a_withdrawn_one(wire: Wire) -> None:
    zhang, wire.core.refuses = wire.zhang, "card_linked"
    wire.system.apply("s1", zhang, ADDED)
    for mishap in (says(503), says(200, b'{"state": "refused", "code": "card_linked"}')):
        wire.core.mishaps.append(mishap)
        with pytest.raises(Unavailable):
            wire.system.withdraw("s1", zhang)
