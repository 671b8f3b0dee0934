"""The code that is sent to the phone: how long, how often and how many times it serves."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.store import Store
from engine.tables import OutgoingText, SignInCode
from tests.web.conftest import (
    LI,
    MAIN,
    UNKNOWN,
    WANG,
    HandClock,
    KeptSms,
    ask_code,
    enter,
    post,
    put_on_file,
)
from webapp.signin import codes, sending

PAGE = f"/sign-in/{MAIN}"


def test_guesses_at_a_code_nobody_was_sent_end_like_wrong_ones(app: Flask, client: FlaskClient) -> None:
    page = ask_code(app, client, UNKNOWN)
    page = enter(client, page, UNKNOWN, "000000")
    assert page.status_code == 422 and "还可以再试 4 次" in page.text


def test_the_fifth_wrong_code_uses_it_up(app: Flask, client: FlaskClient, sms: KeptSms) -> None:
    page = ask_code(app, client, WANG.id_number)
    wrong = f"{(int(sms.last_code) + 1) % 10**6:06d}"
    for left in (4, 3, 2, 1):
        page = enter(client, page, WANG.id_number, wrong)
        assert f"还可以再试 {left} 次" in page.text
    page = enter(client, page, WANG.id_number, wrong)
    assert "已作废" in page.text
    page = enter(client, page, WANG.id_number, sms.last_code)
    assert page.status_code == 422 and "已作废" in page.text


def test_a_used_code_is_told_apart(app: Flask, client: FlaskClient, sms: KeptSms) -> None:
    page = ask_code(app, client, WANG.id_number)
    assert enter(client, page, WANG.id_number, sms.last_code).status_code == 303
    post(client, "/sign-out")
    page = enter(client, page, WANG.id_number, sms.last_code)
    assert page.status_code in (400, 422) or "已经用过" in page.text


def test_a_code_lives_five_minutes(app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock) -> None:
    page = ask_code(app, client, WANG.id_number)
    clock.pass_by(minutes=5)
    page = enter(client, page, WANG.id_number, sms.last_code)
    assert page.status_code == 422 and "已过期" in page.text


def test_a_code_one_second_short_of_five_minutes_still_serves(
    app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock
) -> None:
    page = ask_code(app, client, WANG.id_number)
    clock.pass_by(minutes=4, seconds=59)
    assert enter(client, page, WANG.id_number, sms.last_code).status_code == 303


def test_the_next_code_comes_after_sixty_seconds(
    app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock
) -> None:
    ask_code(app, client, WANG.id_number)
    clock.pass_by(seconds=45)
    page = ask_code(app, client, WANG.id_number)
    assert page.status_code == 429 and "请 15 秒后再获取" in page.text and len(sms.sent) == 1
    clock.pass_by(seconds=15)
    assert ask_code(app, client, WANG.id_number).status_code == 200 and len(sms.sent) == 2


def test_five_codes_a_day(app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock) -> None:
    for _ in range(5):
        assert ask_code(app, client, WANG.id_number).status_code == 200
        clock.pass_by(minutes=2)
    page = ask_code(app, client, WANG.id_number)
    assert page.status_code == 429 and "已满 5 次" in page.text
    clock.pass_by(days=1)
    assert ask_code(app, client, WANG.id_number).status_code == 200


def test_only_the_last_code_serves(app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock) -> None:
    ask_code(app, client, WANG.id_number)
    first = sms.last_code
    clock.pass_by(minutes=1)
    page = ask_code(app, client, WANG.id_number)
    if first != sms.last_code:
        assert enter(client, page, WANG.id_number, first).status_code == 422
    assert enter(client, page, WANG.id_number, sms.last_code).status_code == 303


def test_a_code_belongs_to_the_number_it_was_sent_for(
    app: Flask, client: FlaskClient, sms: KeptSms, store: Store
) -> None:
    put_on_file(store, LI)
    page = ask_code(app, client, WANG.id_number)
    page = enter(client, page, LI.id_number, sms.last_code)
    assert page.status_code == 422 and "获取验证码" in page.text
    assert "138****8000" not in page.text


def test_the_code_is_not_in_the_database_in_clear(app: Flask, client: FlaskClient, sms: KeptSms, store: Store) -> None:
    ask_code(app, client, WANG.id_number)
    with store.read() as tx:
        row, text = tx.scalars(select(SignInCode)).one(), tx.scalars(select(OutgoingText)).one()
    assert sms.last_code not in row.code_hash and WANG.id_number not in row.person
    assert row.id == text.id and sms.last_code.encode() not in text.text and WANG.phone.encode() not in text.phone


def test_without_its_text_there_is_no_code(
    app: Flask, client: FlaskClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "_text", lambda code: 1 / 0)
    assert ask_code(app, client, WANG.id_number).status_code == 500
    with store.read() as tx:
        assert not tx.scalars(select(SignInCode)).all() and not tx.scalars(select(OutgoingText)).all()


def test_of_two_pages_that_send_a_code_at_once_one_comes_too_late(app: Flask, client: FlaskClient) -> None:
    with app.test_request_context():
        asked = codes.make("somebody", "138****8000")
        both = [codes.attempt("somebody", asked.code) for _ in range(2)]
        assert [tried.verdict for tried in both] == ["right", "right"]
        assert [codes.use_up(tried).verdict for tried in both] == ["right", "used"]
