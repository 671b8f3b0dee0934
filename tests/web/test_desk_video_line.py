"""The verifier's list: the line as it will be called, one call at a time, who is booked today and tomorrow."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from engine.tables import Appointment, Task
from tests.web.conftest import PASSWORD, HandClock, employ, post, sign_in_staff
from tests.web.crowd import queues


@pytest.fixture
def verifier(app: Flask, store: Store) -> FlaskClient:
    return signed_in(app, store, "sun")


def signed_in(app: Flask, store: Store, login: str) -> FlaskClient:
    employ(store, login, {"verifier"})
    member = app.test_client()
    assert sign_in_staff(member, login, PASSWORD).status_code == 303
    return member


@pytest.fixture
def three(store: Store, clock: HandClock) -> None:
    """Away, walked in, and booked for this morning, in the order in which they joined."""
    for task, number, seen in (("away", "01", 60), ("walked", "02", 0), ("booked", "03", 0)):
        queues(store, task, f"202611240000{number}", seen=timedelta(seconds=seen))
        clock.pass_by(seconds=1)
    books(store, "booked", clock.now().replace(hour=9, minute=0), "am")


def books(store: Store, task: str, starts_at: object, half: str) -> None:
    with store.write() as tx:
        tx.add(
            Appointment(
                id=f"a-{task}", case_id=f"case-{task}", branch_id="east", day=starts_at.date(), half=half,  # type: ignore[attr-defined]
                starts_at=starts_at, ends_at=starts_at + timedelta(hours=2, minutes=30), booked_at=store.clock.now(),  # type: ignore[operator]
            )
        )  # fmt: skip


def row(page: str, task: str) -> str:
    return page.split(f'id="row-{task}"')[1].split("</li>")[0]


def call_next(member: FlaskClient) -> str:
    return post(member, "/desk/next", member.get("/desk")).location or ""


@pytest.mark.usefixtures("three")
def test_the_line_stands_in_the_order_of_calling_with_who_is_booked_and_who_is_away(verifier: FlaskClient) -> None:
    page = verifier.get("/desk").text
    assert re.findall(r'id="row-([^"]+)"', page) == ["booked", "away", "walked"]
    assert "视频队列（3 人）" in page and "等待 3 人，通话中 0 人，不在线 1 人" in page
    assert "第 1 位" in row(page, "booked") and "预约今天上午" in row(page, "booked")
    assert "第 2 位" in row(page, "away") and "客户不在线" in row(page, "away")
    assert "第 3 位" in row(page, "walked") and "排队自 2026-11-24 09:54" in row(page, "walked")
    assert "预约" not in row(page, "walked") and "客户不在线" not in row(page, "walked")


@pytest.mark.usefixtures("three")
def test_appointments_of_today_and_tomorrow_are_counted_by_half_day(
    verifier: FlaskClient, store: Store, clock: HandClock
) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    books(store, "walked", tomorrow.replace(hour=13), "pm")
    page = verifier.get("/desk").text
    assert "今天 2026-11-24：上午预约 1 人，下午预约 0 人" in page
    assert "明天 2026-11-25：上午预约 0 人，下午预约 1 人" in page


def test_who_serves_no_line_is_shown_none(app: Flask, store: Store) -> None:
    employ(store, "zhao", {"reviewer"})
    reviewer = app.test_client()
    sign_in_staff(reviewer, "zhao", PASSWORD)
    queues(store, "first", "20261124000001")
    page = reviewer.get("/desk").text
    assert "视频队列" not in page and "接通下一位" not in page and 'id="row-first"' not in page
    assert post(reviewer, "/desk/next", reviewer.get("/staff/sign-in")).status_code == 403


def test_nobody_in_line_is_told(verifier: FlaskClient) -> None:
    assert call_next(verifier) == "/desk"
    assert "现在没有您可以接通的客户" in verifier.get("/desk").text


@pytest.mark.usefixtures("three")
def test_each_call_goes_to_another_and_who_is_away_comes_last(verifier: FlaskClient, app: Flask, store: Store) -> None:
    others = [signed_in(app, store, login) for login in ("li", "bo", "qiu")]
    assert [call_next(one) for one in (verifier, *others)] == [
        "/desk/tasks/booked", "/desk/tasks/walked", "/desk/tasks/away", "/desk",
    ]  # fmt: skip
    page = others[2].get("/desk").text
    assert "等待 0 人，通话中 3 人" in page and "通话中：sun（样本） 于 2026-11-24 09:54 接通" in row(page, "booked")
    assert "第" not in row(page, "booked") and "/claim" not in row(page, "booked")


@pytest.mark.usefixtures("three")
def test_one_of_the_line_may_be_called_out_of_turn(verifier: FlaskClient) -> None:
    page = verifier.get("/desk")
    assert "接通<span" in row(page.text, "walked")
    assert post(verifier, "/desk/tasks/walked/claim", page).location == "/desk/tasks/walked"
    assert "我在通话中" in row(verifier.get("/desk").text, "walked")


@pytest.mark.usefixtures("three")
def test_a_verifier_has_one_call_at_a_time(verifier: FlaskClient, store: Store) -> None:
    assert call_next(verifier) == call_next(verifier) == "/desk/tasks/booked"
    assert "您正在与这位客户通话" in verifier.get("/desk").text
    assert post(verifier, "/desk/tasks/walked/claim", verifier.get("/desk")).location == "/desk"
    assert "您正在与一位客户通话" in verifier.get("/desk").text
    with store.read() as tx:
        assert tx.get_one(Task, "walked").claimed_by is None
    post(verifier, "/desk/tasks/booked/release", verifier.get("/desk"))
    assert post(verifier, "/desk/tasks/walked/claim", verifier.get("/desk")).location == "/desk/tasks/walked"  # control


@pytest.mark.usefixtures("three")
def test_an_open_page_keeps_the_customer_and_a_closed_one_gives_him_back(
    verifier: FlaskClient, app: Flask, store: Store, clock: HandClock
) -> None:
    colleague = signed_in(app, store, "li")
    call_next(verifier)
    for _ in range(4):
        clock.pass_by(minutes=2)
        verifier.get("/desk/queue?here=booked&holding=yes")
    assert "通话中：sun（样本）" in row(colleague.get("/desk").text, "booked")
    clock.pass_by(minutes=3)
    assert "通话中" not in row(colleague.get("/desk").text, "booked")
