"""Each service does what the diagram means by it, and doing it again changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from engine import photos
from engine.accounts import Applied, Change, RefusedChange, add_obligation
from engine.cases import open_case, telling
from engine.store import Store
from engine.tables import Case, Certificate, Obligation, Photo, SmsMessage
from tests.flow.served import serve, submit_cards
from tests.house import count_rows, investor
from tests.unit.specimens import PERSON, photograph
from tests.walk import Walk
from workers.drivers.sms import LocalSmsGateway
from workers.house import House
from workers.run import perform_in


class Accounts:
    """An account system that remembers what it was asked."""

    name = "test"

    def __init__(self, refuses: bool = False) -> None:
        self.asked: list[tuple[str, str, Change]] = []
        self.refuses = refuses

    def apply(self, key: str, customer_id: str, change: Change) -> Applied | RefusedChange:
        self.asked.append((key, customer_id, change))
        return RefusedChange("bank_unknown") if self.refuses else Applied(at=None)

    def person(self, customer_id: str) -> Any:
        return SimpleNamespace(phone="13800138000", id_number=PERSON.id_number)


@pytest.fixture
def accounts() -> Accounts:
    return Accounts()


@pytest.fixture
def house(store: Store, accounts: Accounts) -> House:
    return House(store, accounts, LocalSmsGateway(store))


def upload(store: Store, walk: Walk, slot: str, data: bytes | None = None) -> str:
    kind = "sheet" if slot == "signature" else "id1"
    return photos.add(store, case_id=walk.id, slot=slot, data=data or photograph(PERSON, slot), by="zhang", kind=kind)


def test_good_photographs_lead_on_to_their_check(house: House, walk: Callable[..., Walk]) -> None:
    case = walk()
    for slot in ("id_portrait", "id_emblem", "signature"):
        upload(house.store, case, slot)
    case.do("upload_photos")
    assert serve(house, "photo.check").status == "done"
    assert case.steps == ["check_photos"]
    with house.store.read() as tx:
        assert {photo.status for photo in tx.query(Photo)} == {"ready"}


def test_one_bad_photograph_leads_back_to_the_upload(house: House, walk: Callable[..., Walk]) -> None:
    case = walk()
    upload(house.store, case, "id_portrait", b"no picture at all")
    case.do("upload_photos")
    serve(house, "photo.check")
    assert case.steps == ["upload_photos"]


def test_only_the_newest_photograph_of_a_slot_counts(house: House, walk: Callable[..., Walk]) -> None:
    case = walk()
    upload(house.store, case, "id_portrait", b"no picture at all")
    house.store.clock.pass_by(seconds=1)
    upload(house.store, case, "id_portrait")
    case.do("upload_photos")
    serve(house, "photo.check")
    assert case.steps == ["check_photos"]


def test_without_a_bad_photograph_in_the_case_the_flow_goes_on(house: House, walk: Callable[..., Walk]) -> None:
    case = walk()
    case.do("upload_photos")
    serve(house, "photo.check")
    assert case.steps == ["check_photos"]


def test_the_photo_of_a_new_card_is_checked(house: House, walk: Callable[..., Walk]) -> None:
    case = walk().to_bank_cards()
    upload(house.store, case, "bank_card:1", b"a card that was taken off the list again")
    upload(house.store, case, "bank_card:2")
    submit_cards(case)
    serve(house, "card.check")
    assert case.steps == ["bank_notice"]


def test_a_bad_photo_of_a_new_card_leads_back_to_the_cards(house: House, walk: Callable[..., Walk]) -> None:
    case = walk().to_bank_cards()
    upload(house.store, case, "bank_card:2", b"no picture")
    submit_cards(case)
    serve(house, "card.check")
    assert case.steps == ["bank_cards"]


def to_application(walk: Walk) -> Walk:
    walk.to_bank_cards()
    submit_cards(walk)
    walk.answer("card.check", cards__verdict="ok")
    walk.do("bank_notice")
    walk.do("certificate_check", certificate__found=True)
    walk.do("sign_agreements")
    walk.decide("review", review__decision="pass")
    return walk


def test_the_account_is_asked_with_the_case_as_key(house: House, accounts: Accounts, walk: Callable[..., Walk]) -> None:
    case = to_application(walk())
    serve(house, "account.apply")
    (key, customer_id, change), *more = accounts.asked
    assert (key, customer_id, more) == (case.id, "zhang", [])
    assert (change.removed, change.unlinked) == (("old",), frozenset({"old"}))
    assert [(card.bank, card.number) for card in change.added] == [("ICBC", "6222020000000000034")]


def test_a_refused_change_comes_to_the_counter(house: House, accounts: Accounts, walk: Callable[..., Walk]) -> None:
    accounts.refuses = True
    case = to_application(walk())
    serve(house, "account.apply")
    assert case.steps == ["handle_refusal"]


def test_a_job_that_is_done_twice_asks_and_tells_once(
    house: House, accounts: Accounts, walk: Callable[..., Walk]
) -> None:
    to_application(walk())
    job = serve(house, "account.apply")
    perform_in(house, job.id, job.attempt)
    told = serve(house, "notice.send")
    perform_in(house, told.id, told.attempt)
    house.sms.send(told.id, "13800138000", "again")
    with house.store.read() as tx:
        assert len(accounts.asked) == 1
        assert count_rows(tx, SmsMessage) == 1


def test_the_customer_is_told_in_the_words_of_the_business(
    house: House, walk: Callable[..., Walk], database_url: str
) -> None:
    case = to_application(walk())
    serve(house, "account.apply")
    serve(house, "notice.send")
    vault = house.store.vault
    with house.store.read() as tx:
        message = tx.query(SmsMessage).one()
        assert vault.open("sms_messages.phone", message.phone) == "13800138000"
        text = vault.open("sms_messages.text", message.text)
    assert text.startswith("【")
    assert "{" not in text
    assert b"13800138000" not in message.phone + message.text
    assert case.case.ended_at is not None


def test_a_notice_that_the_business_lacks_is_impossible_not_sent(house: House, walk: Callable[..., Walk]) -> None:
    case = walk()
    with house.store.write() as tx:
        tx.add(telling.text(house.store, case.id, "no_such_notice", house.store.clock.now()))
    assert serve(house, "notice.send").status == "incident"
    with house.store.read() as tx:
        assert count_rows(tx, SmsMessage) == 0


class Authority:
    """Remembers what it was told to revoke."""

    name, licensed = "test", False

    def __init__(self) -> None:
        self.revoked: list[str] = []

    def revoke(self, serial: str, now: object) -> None:
        self.revoked.append(serial)


def certify(tx: Session, store: Store, case_id: str, serial: str) -> None:
    tx.add(
        Certificate(
            serial=serial, customer_id="zhang", case_id=case_id, pem=b"", issued_at=store.clock.now(), revoked_at=None
        )
    )


def to_final_rejection(walk: Walk) -> Walk:
    walk.to_review()
    final = next(reason for reason in _reasons(walk) if reason.final and "review" in reason.desks)
    walk.reject("review", final.code, review__decision="reject")
    return walk


def _reasons(walk: Walk) -> tuple[Any, ...]:
    from tests.house import CHANGE, drawn

    return drawn(CHANGE).reasons


def test_a_case_that_failed_leaves_no_certificate(store: Store, accounts: Accounts, walk: Callable[..., Walk]) -> None:
    authority = Authority()
    case = walk()
    other = open_case(store, business=case.case.business, customer_id="wang", branch_id="north", settings=SETTINGS)
    with store.write() as tx:
        certify(tx, store, case.id, "mine")
        certify(tx, store, other, "other")
    to_final_rejection(case)
    house = House(store, accounts, LocalSmsGateway(store), authority)
    assert serve(house, "certificate.revoke").status == "done"
    with store.read() as tx:
        assert tx.get_one(Certificate, "mine").revoked_at is not None
        assert tx.get_one(Certificate, "other").revoked_at is None
    assert authority.revoked == ["mine"]


@pytest.mark.parametrize("how", ["given up", "timed out"])
def test_a_case_that_ends_without_success_leaves_no_certificate_and_nobody_waits_for_that(
    store: Store, accounts: Accounts, walk: Callable[..., Walk], how: str
) -> None:
    authority, case = Authority(), walk().photos()
    with store.write() as tx:
        certify(tx, store, case.id, "mine")
    if how == "given up":
        case.give_up()
    else:
        case.wait(days=31)
    assert case.case.status in ("已放弃", "已超时")
    house = House(store, accounts, LocalSmsGateway(store), authority)
    assert serve(house, "certificate.revoke").status == "done"
    assert authority.revoked == ["mine"]


def test_without_an_authority_a_certificate_is_not_called_revoked(
    store: Store, accounts: Accounts, walk: Callable[..., Walk]
) -> None:
    case = walk()
    with store.write() as tx:
        certify(tx, store, case.id, "mine")
    to_final_rejection(case)
    assert serve(House(store, accounts, LocalSmsGateway(store)), "certificate.revoke").status == "incident"


SETTINGS = {"idle_warning": "P23D", "idle_limit": "P30D", "second_review": False}


def test_what_was_signed_is_no_obligation_any_more(house: House) -> None:
    store = house.store
    with store.write() as tx:
        mine = add_obligation(tx, store.ids, store.clock.now(), "zhang", "supplementary_agreement", forced=True)
        other = add_obligation(tx, store.ids, store.clock.now(), "zhang", "supplementary_agreement", forced=False)
    case_id = open_case(
        store, business="supplementary_agreement", customer_id="zhang", branch_id="north", settings=SETTINGS,
        obligation_id=mine,
    )  # fmt: skip
    walk = object.__new__(Walk)
    walk.store, walk.me, walk.id = store, investor("zhang"), case_id
    walk.do(walk.steps[0], certificate__found=True)
    walk.do("sign_agreements")
    assert serve(house, "obligation.settle").status == "done"
    with store.read() as tx:
        assert tx.get_one(Obligation, mine).done_at is not None
        assert tx.get_one(Obligation, other).done_at is None
        assert tx.get_one(Case, case_id).ended_at is not None
