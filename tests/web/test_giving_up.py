"""放弃 as a customer does it, wherever his case stands: offered, asked, done; whoever had the case in hand is told."""

from __future__ import annotations

from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from tests.places import COUNTER, PLACES
from tests.structure.test_trace import WORDS
from tests.web.conftest import PASSWORD, KeptSms, employ, post, sign_in, sign_in_staff
from tests.web.strides import Strides
from tests.web.test_my import table

ENDS = {"办理成功", "办理失败", "已放弃", "已超时"}


@pytest.fixture
def mine(app: Flask, client: FlaskClient, sms: KeptSms) -> FlaskClient:
    assert sign_in(app, client, sms, path="/sign-in").status_code == 303
    return client


def test_every_state_that_is_no_end_is_one_of_the_places() -> None:
    assert {status for status, _ in PLACES.values()} == WORDS - ENDS


@pytest.mark.parametrize("place", PLACES)
def test_a_customer_gives_up_wherever_his_case_stands(mine: FlaskClient, store: Store, place: str) -> None:
    status, comes_there = PLACES[place]
    case = comes_there(partial(Strides, store))
    address = f"/cases/{case.id}"
    row = table(mine.get("/my").text, "pending")
    assert status in row and f"{address}/abandon" in row
    here = mine.get(address, follow_redirects=True)
    assert here.status_code == 200 and f"{address}/abandon" in here.text

    asked = mine.get(f"{address}/abandon")
    assert "放弃后不能恢复" in asked.text and status in asked.text
    assert post(mine, f"{address}/abandon", asked, submission_id="1" * 32).location == "/my"
    if place == COUNTER:
        case.answer("account.withdraw", application__result="withdrawn")
    page = mine.get("/my").text
    assert "已放弃" in table(page, "done") and "暂无数据" in table(page, "pending")
    assert "<h1>已放弃</h1>" in mine.get(here.request.path, follow_redirects=True).text, "also from the page of before"
    assert case.tasks == []


@pytest.mark.parametrize(
    ("desk", "roles", "place"),
    [
        ("video_verification", {"verifier"}, "in the line"),
        ("review", {"reviewer"}, "in review"),
        ("second_review", {"reviewer"}, "in the second review"),
        ("handle_refusal", {"reviewer"}, COUNTER),
    ],
)
def test_whoever_had_it_in_hand_reads_that_the_customer_gave_up(
    mine: FlaskClient, app: Flask, store: Store, desk: str, roles: set[str], place: str
) -> None:
    case = PLACES[place][1](partial(Strides, store))
    member, path = at_the_desk(app, store, roles), f"/desk/tasks/{case.task(desk).id}"
    post(member, f"{path}/claim", member.get(path))
    page = member.get(path)
    assert 'name="submission_id"' in page.text
    post(mine, f"/cases/{case.id}/abandon", mine.get(f"/cases/{case.id}/abandon"), submission_id="1" * 32)
    task = path.rsplit("/", 1)[1]
    assert "客户已放弃这项业务" in member.get(f"/desk/queue?here={task}&holding=yes").text, (
        "the list tells the open page"
    )
    assert post(member, path, page, decision="pass").location == "/desk"
    assert "客户已放弃这项业务" in member.get("/desk").text


def at_the_desk(app: Flask, store: Store, roles: set[str]) -> FlaskClient:
    employ(store, "sun", roles)
    member = app.test_client()
    assert sign_in_staff(member, "sun", PASSWORD).status_code == 303
    return member
