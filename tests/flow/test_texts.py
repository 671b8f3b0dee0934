"""Texts with codes: as sure as the transaction that makes them, sent under one key, never after their life."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from engine import texts
from engine.accounts import LocalAccountSystem
from engine.store import Store
from engine.tables import OutgoingText, SmsMessage
from tests.house import HandClock, count_rows
from workers.drivers.sms import LocalSmsGateway
from workers.expiry import forget_expired
from workers.house import House
from workers.run import perform_in

LIFE = timedelta(minutes=5)
ID, PHONE, TEXT = "a" * 32, "+8613800138000", "您的登录验证码是 123456"


@dataclass
class Carrier:
    """A carrier that fails as often as it is told, and notes every call, also one that it has had before."""

    fails: int = 0
    calls: list[tuple[str, str, str]] = field(default_factory=list)
    name: str = "test"

    def send(self, key: str, phone: str, text: str) -> None:
        self.calls.append((key, phone, text))
        if len(self.calls) <= self.fails:
            raise ConnectionError(phone)


@pytest.fixture
def carrier() -> Carrier:
    return Carrier()


@pytest.fixture
def house(store: Store, carrier: Carrier) -> House:
    return House(store, LocalAccountSystem(store), carrier)


def write(store: Store, phone: str | None = PHONE, fails: bool = False) -> None:
    with store.write() as tx:
        texts.write_down(store, tx, ID, phone, TEXT, store.clock.now() + LIFE)
        if fails:
            raise ValueError


def row(store: Store) -> OutgoingText:
    with store.read() as tx:
        return tx.get_one(OutgoingText, ID)


def carry(house: House) -> int:
    """What relay and worker do with all that is due now; how many texts they tried."""
    leased = texts.due(house.store)
    for each in leased:
        perform_in(house, each.job_id, each.attempt)
    return len(leased)


def test_a_text_is_sent_once_and_nothing_of_it_is_kept(house: House, carrier: Carrier) -> None:
    write(house.store)
    assert PHONE.encode() not in row(house.store).phone and TEXT.encode() not in row(house.store).text
    assert carry(house) == 1 and carry(house) == 0
    assert carrier.calls == [(ID, PHONE, TEXT)]
    done = row(house.store)
    assert (done.status, done.phone, done.text, done.ended_at) == ("sent", b"", b"", house.store.clock.now())


def test_what_was_rolled_back_tells_nobody(house: House) -> None:
    with pytest.raises(ValueError):
        write(house.store, fails=True)
    assert carry(house) == 0


def test_a_job_that_is_delivered_twice_sends_one(house: House, carrier: Carrier) -> None:
    write(house.store)
    [leased] = texts.due(house.store)
    for _ in range(2):
        perform_in(house, leased.job_id, leased.attempt)
    assert len(carrier.calls) == 1


def test_a_worker_that_dies_before_it_says_so_sends_again_under_the_same_key(store: Store, clock: HandClock) -> None:
    write(store)
    local = LocalSmsGateway(store)
    [leased] = texts.due(store)
    local.send(leased.job_id, PHONE, TEXT)  # and dies here
    assert texts.due(store) == []
    clock.pass_by(seconds=texts.LEASE.total_seconds())
    assert carry(House(store, LocalAccountSystem(store), local)) == 1
    with store.read() as tx:
        assert count_rows(tx, SmsMessage) == 1


def test_a_queue_that_forgets_everything_loses_no_text(house: House, carrier: Carrier, clock: HandClock) -> None:
    write(house.store)
    assert len(texts.due(house.store)) == 1  # and the queue server forgets it
    clock.pass_by(seconds=texts.LEASE.total_seconds())
    assert carry(house) == 1 and len(carrier.calls) == 1


def test_a_carrier_that_fails_is_tried_again_ever_more_slowly(
    house: House, carrier: Carrier, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    carrier.fails = 2
    write(house.store)
    waits = []
    while row(house.store).status == texts.DUE:
        carry(house)
        wait = row(house.store).run_after - clock.now()
        waits.append(wait)
        clock.pass_by(seconds=wait.total_seconds())
    assert [key for key, _, _ in carrier.calls] == [ID] * 3 and row(house.store).status == texts.SENT
    assert waits[1] > waits[0] > timedelta(seconds=5)
    assert PHONE not in caplog.text and "ConnectionError" in caplog.text


def test_a_code_that_is_older_than_its_life_is_not_sent_any_more(
    house: House, carrier: Carrier, clock: HandClock
) -> None:
    write(house.store)
    [leased] = texts.due(house.store)
    clock.pass_by(seconds=LIFE.total_seconds())
    perform_in(house, leased.job_id, leased.attempt)
    assert carry(house) == 0 and carrier.calls == []
    gone = row(house.store)
    assert (gone.status, gone.phone, gone.text) == (texts.FAILED, b"", b"")


def test_a_carrier_that_never_answers_is_given_up_with_the_codes_life(
    house: House, carrier: Carrier, clock: HandClock
) -> None:
    carrier.fails = 1000
    write(house.store)
    for _ in range(60):
        carry(house)
        clock.pass_by(seconds=10)
    assert row(house.store).status == texts.FAILED and 3 <= len(carrier.calls) <= 6


def test_a_number_that_nobody_has_is_written_down_alike_and_never_sent(house: House, carrier: Carrier) -> None:
    write(house.store, phone=None)
    assert carry(house) == 0 and carrier.calls == [] and row(house.store).status == texts.NOBODY


def test_a_forged_attempt_sends_nothing(house: House, carrier: Carrier) -> None:
    write(house.store)
    texts.due(house.store)
    for attempt in (0, 2):
        perform_in(house, ID, attempt)
    perform_in(house, "b" * 32, 1)
    assert carrier.calls == []


def test_rows_go_after_two_days(store: Store, clock: HandClock) -> None:
    write(store)
    clock.pass_by(days=2, seconds=-1)
    assert forget_expired(store) == 0
    clock.pass_by(seconds=2)
    assert forget_expired(store) == 1
