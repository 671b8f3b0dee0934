"""Sessions are rows: they sleep in, grow old, and can be ended from the server."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from engine import audit
from engine.store import Store
from engine.tables import Case, SessionRow
from tests.house import ROOT
from tests.web.conftest import WANG, HandClock, KeptSms, employ, post, sign_in, sign_in_staff
from webapp import sessions


@pytest.fixture
def inside(app: Flask, client: FlaskClient, sms: KeptSms) -> FlaskClient:
    sign_in(app, client, sms)
    assert client.get("/my").status_code == 200
    return client


def test_the_row_holds_no_token(inside: FlaskClient, store: Store) -> None:
    cookie = inside.get_cookie("kaihu_investor")
    with store.read() as tx:
        row = tx.scalars(select(SessionRow)).one()
    assert cookie and cookie.value != row.id and row.id == sessions.digest(cookie.value)


def test_a_revoked_session_is_over(inside: FlaskClient, store: Store, clock: HandClock) -> None:
    with store.write() as tx:
        tx.execute(update(SessionRow).values(ended_at=clock.now()))
    assert inside.get("/my").status_code == 303


def test_revoking_ends_every_device_of_a_person(app: Flask, inside: FlaskClient) -> None:
    with app.test_request_context():
        sessions.revoke_all("investor", WANG.id)
    assert inside.get("/my").status_code == 303


def test_a_session_sleeps_in_after_thirty_minutes(inside: FlaskClient, clock: HandClock) -> None:
    clock.pass_by(minutes=29)
    assert inside.get("/my").status_code == 200
    clock.pass_by(minutes=29)
    assert inside.get("/my").status_code == 200
    clock.pass_by(minutes=30)
    assert inside.get("/my").status_code == 303


def test_a_page_that_asks_again_by_itself_keeps_nobody_signed_in(
    app: Flask, inside: FlaskClient, store: Store, clock: HandClock
) -> None:
    """Somebody has gone home and left the page open."""
    employ(store, "zhou", {"reviewer"})
    desk = app.test_client()
    sign_in_staff(desk, "zhou")
    with store.read() as tx:
        case_id = tx.scalars(select(Case.id)).one()
    asking = {(inside, f"/cases/{case_id}/waiting"): 30, (desk, "/desk/queue"): 15}
    for (client, path), minutes in asking.items():
        began = clock.moment
        for _ in range(minutes - 1):
            clock.pass_by(minutes=1)
            assert client.get(path).status_code == 200
        clock.pass_by(minutes=1)
        assert client.get(path).status_code == 303
        clock.moment = began


def test_whatever_pages_ask_by_themselves_keeps_nobody_signed_in(app: Flask) -> None:
    """The line is the exception: whoever waits in it is there. The demonstration's outbox needs no session."""
    every = re.compile(r'hx-(?:get|post)="\{\{ url_for\(\'([a-z_.]+)\'[^>]*hx-trigger="(?:\{\{ \'|)every ')
    pages = list((ROOT / "webapp/templates").rglob("*.html"))
    asked = {name for page in pages for name in every.findall(page.read_text("utf-8"))}
    assert len(asked) > 6
    loud = {name for name in asked if not getattr(app.view_functions.get(name), "is_quiet", False)}
    assert loud == {"steps.beat", "demonstration.outbox"}


def test_a_session_ends_after_eight_hours_however_busy(inside: FlaskClient, clock: HandClock) -> None:
    for _ in range(19):
        clock.pass_by(minutes=25)
        assert inside.get("/my").status_code == 200
    clock.pass_by(minutes=5)
    assert inside.get("/my").status_code == 303


def test_staff_sleep_in_after_fifteen(client: FlaskClient, store: Store, clock: HandClock) -> None:
    employ(store, "zhou", {"reviewer"})
    sign_in_staff(client, "zhou")
    clock.pass_by(minutes=14)
    assert client.get("/staff/").location == "/desk"
    clock.pass_by(minutes=15)
    assert client.get("/staff/").location.startswith("/staff/sign-in")


def test_signing_in_gives_a_new_session_and_ends_the_old(
    app: Flask, inside: FlaskClient, sms: KeptSms, store: Store, clock: HandClock
) -> None:
    before = inside.get_cookie("kaihu_investor")
    form_before = inside.get_cookie("kaihu_form")
    post(inside, "/sign-out")
    clock.pass_by(minutes=2)
    sign_in(app, inside, sms)
    after = inside.get_cookie("kaihu_investor")
    assert before and after and before.value != after.value and form_before != inside.get_cookie("kaihu_form")
    with store.read() as tx:
        live = tx.scalars(select(SessionRow.id).where(SessionRow.ended_at.is_(None))).all()
    assert live == [sessions.digest(after.value)]


def test_coming_and_going_stand_in_the_audit(inside: FlaskClient, store: Store) -> None:
    post(inside, "/sign-out")
    chain = audit.actor_chain(f"investor:{WANG.id}")
    with store.read() as tx:
        assert [row.action for row in audit.history(tx, chain)] == ["sign_in", "sign_out"]
        assert audit.verify(tx, store.vault, chain) is None


def test_an_old_cookie_does_not_come_back_to_life(inside: FlaskClient) -> None:
    cookie = inside.get_cookie("kaihu_investor")
    assert cookie
    post(inside, "/sign-out")
    inside.set_cookie("kaihu_investor", cookie.value)
    assert inside.get("/my").status_code == 303


def test_an_investors_cookie_opens_no_desk(inside: FlaskClient) -> None:
    cookie = inside.get_cookie("kaihu_investor")
    assert cookie
    inside.set_cookie("kaihu_staff", cookie.value)
    assert inside.get("/staff/").location.startswith("/staff/sign-in")


def test_an_investor_and_a_member_of_staff_share_a_browser(inside: FlaskClient, store: Store) -> None:
    employ(store, "zhou", {"reviewer"})
    sign_in_staff(inside, "zhou")
    assert inside.get("/my").status_code == 200 and inside.get("/staff/").location == "/desk"
