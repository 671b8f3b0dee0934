"""How a notice comes to the phone: once, in the words of the business, whatever carrier and account system do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from engine import outbox
from engine.accounts import Unavailable
from engine.store import Store
from engine.tables import Incident, Job
from tests.flow.strides import again_to
from tests.flow.test_told import WEDNESDAY, at_booking, booked, cancel, change, rejected
from tests.house import HandClock
from tests.walk import Walk
from workers.house import House
from workers.run import perform_in

PHONE = "+8613800138000"


@dataclass
class Carrier:
    """Fails as often as it is told, and notes what it took."""

    fails: int = 0
    calls: list[str] = field(default_factory=list)
    taken: list[tuple[str, str]] = field(default_factory=list)
    name: str = "test"

    def send(self, key: str, phone: str, text: str) -> None:
        self.calls.append(key)
        if len(self.calls) <= self.fails:
            raise ConnectionError(phone)
        self.taken.append((phone, text))


@dataclass
class Accounts:
    """An account system that knows a phone, unless it is away."""

    away: bool = False
    name: str = "test"

    def person(self, customer_id: str) -> Any:
        if self.away:
            raise Unavailable("does not answer")
        return SimpleNamespace(phone=PHONE)


@pytest.fixture
def house(store: Store) -> House:
    return House(store, Accounts(), Carrier())  # type: ignore[arg-type]


def carry(house: House) -> list[Job]:
    """What relay and worker do with the texts that are due now."""
    leased = [each for each in outbox.due(house.store) if each.service == "notice.send"]
    for each in leased:
        perform_in(house, each.job_id, each.attempt)
    with house.store.read() as tx:
        return [tx.get_one(Job, each.job_id) for each in leased]


def taken(house: House) -> list[tuple[str, str]]:
    assert isinstance(house.sms, Carrier)
    return house.sms.taken


def test_a_job_that_is_delivered_twice_sends_one(house: House, walk: Callable[..., Walk]) -> None:
    rejected("review", "signature_invalid")(walk().to_review())
    [job] = carry(house)
    perform_in(house, job.id, job.attempt)
    assert len(taken(house)) == 1 and job.status == "done"


def test_the_words_name_business_time_and_hotline_and_no_person(house: House, walk: Callable[..., Walk]) -> None:
    case = at_booking(walk())
    booked(case)
    change(case, WEDNESDAY)
    carry(house)
    rejected("review", "signature_invalid")(walk(customer="wang").to_review())
    carry(house)
    assert taken(house) == [
        (PHONE, "【样例期货有限公司】您的视频验证预约已改为：2026-11-25 下午（13:00-17:00），原来的预约已取消。"
                "请在这个时段登录网上营业厅，在“我的业务”中进入排队，会优先接通。需要帮助请致电 400-000-0000。"),
        (PHONE, "【样例期货有限公司】您的修改结算账户没有通过复核，有资料需要更正。"
                "请登录网上营业厅，在“我的业务”中查看原因，更正后再提交。需要帮助请致电 400-000-0000。"),
    ]  # fmt: skip


def test_the_text_of_a_booking_that_no_longer_stands_is_not_sent(house: House, walk: Callable[..., Walk]) -> None:
    case = at_booking(walk())
    booked(case)
    cancel(case)
    done = carry(house)
    assert [job.status for job in done] == ["done", "done"]
    assert [text.split("。")[0] for _, text in taken(house)] == [
        "【样例期货有限公司】您已取消 2026-11-24 上午的视频验证预约"
    ]


@pytest.mark.parametrize("broken", ["carrier", "account system"])
def test_the_case_goes_on_while_its_text_cannot_be_sent(
    house: House, walk: Callable[..., Walk], clock: HandClock, broken: str
) -> None:
    accounts, carrier = house.accounts, house.sms
    assert isinstance(accounts, Accounts) and isinstance(carrier, Carrier)
    accounts.away, carrier.fails = broken == "account system", 3 if broken == "carrier" else 0
    case = walk().to_review()
    rejected("review", "signature_invalid")(case)
    for _ in range(3):
        assert [job.status for job in carry(house)] == ["due"]
        clock.pass_by(minutes=10)
    again_to(case, "review")
    case.decide("review", review__decision="pass")
    case.answer("account.apply", application__result="applied")
    assert case.case.status == "办理成功" and taken(house) == []
    accounts.away = False
    clock.pass_by(minutes=10)
    assert [job.status for job in carry(house)] == ["done", "done"] and len(taken(house)) == 2


def test_what_nobody_could_send_calls_an_operator_and_holds_nothing_up(
    house: House, walk: Callable[..., Walk], clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    house.sms.fails = 1000  # type: ignore[attr-defined]
    case = walk().to_application()
    case.answer("account.apply", application__result="applied")
    began = clock.now()
    while carry(house)[0].status == "due":
        clock.pass_by(minutes=13)
    assert 60 <= (clock.now() - began).total_seconds() / 60 <= 180
    with house.store.read() as tx:
        incident = tx.query(Incident).one()
        assert (incident.case_id, incident.resolved_at) == (case.id, None)
        assert "ConnectionError" in incident.cause and PHONE not in incident.cause
    assert case.case.status == "办理成功" and PHONE not in caplog.text
