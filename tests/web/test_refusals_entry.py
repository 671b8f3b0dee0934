"""Who may not come in, or not start: a sentence with the way out, what was typed kept, no case and no session made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from engine.accounts import add_obligation
from engine.store import Store
from engine.tables import Case, SessionRow
from tests.web.conftest import (
    ASSETS,
    BROKERAGE,
    EXTRA,
    LI,
    MAIN,
    ON_BOTH,
    UNKNOWN,
    WANG,
    HandClock,
    KeptSms,
    Somebody,
    ask_code,
    close,
    employ,
    enter,
    furnish,
    hidden,
    post,
    put_on_file,
    sign_in,
    sign_in_staff,
    solved,
)
from tests.web.refusals import nothing_stored, refused
from webapp.app import create_app
from webapp.settings import Limits, WebSettings

PAGE = f"/sign-in/{MAIN}"
MINOR = Somebody("minor", "110101200811250016")
EXPIRED = Somebody("expired", LI.id_number, valid_until=date(2026, 11, 23))


@contextmanager
def nobody_came_in(store: Store) -> Iterator[None]:
    """Neither a case nor a live session more than before, and no row but what counts tries."""
    before = _sessions(store)
    with nothing_stored(store):
        yield
    assert _sessions(store) == before


def _sessions(store: Store) -> int:
    with store.read() as tx:
        return tx.scalar(select(func.count()).select_from(SessionRow).where(SessionRow.ended_at.is_(None))) or 0


def night(clock: HandClock) -> None:
    clock.moment = clock.moment.replace(hour=23, minute=58)


def test_outside_the_hours_nothing_is_sent_and_everything_stays(
    app: Flask, client: FlaskClient, store: Store, sms: KeptSms, clock: HandClock
) -> None:
    night(clock)
    with nobody_came_in(store):
        page = ask_code(app, client, WANG.id_number, account_type=ASSETS, agreed="yes")
        refused(page, "现在不在网上服务时间", "请在服务时间内再来", "01:23-23:58", status=403)
    assert f'value="{WANG.id_number}"' in page.text and f'value="{ASSETS}" selected' in page.text
    assert not sms.sent


def test_on_a_sunday_too(app: Flask, client: FlaskClient, store: Store, clock: HandClock) -> None:
    clock.moment += timedelta(days=5)
    with nobody_came_in(store):
        refused(ask_code(app, client, WANG.id_number), "现在不在网上服务时间", status=403)


@pytest.mark.parametrize("what", ["start", "obligation"])
def test_outside_the_hours_who_is_inside_starts_nothing(
    app: Flask, client: FlaskClient, store: Store, sms: KeptSms, clock: HandClock, what: str
) -> None:
    clock.moment = clock.moment.replace(hour=23, minute=50)
    sign_in(app, client, sms, path="/sign-in")
    with store.write() as tx:
        owed = add_obligation(tx, store.ids, clock.now(), WANG.id, EXTRA, forced=False)
    page = client.get("/my")
    night(clock)
    path = f"/my/start/{MAIN}" if what == "start" else f"/my/obligations/{owed}/start"
    with nobody_came_in(store):
        refused(post(client, path, page), "现在不在网上服务时间", "请在服务时间内再来", status=403)


@pytest.mark.parametrize(
    ("person", "said", "cure"),
    [
        (MINOR, "年满 18 周岁才能网上办理", "年满 18 周岁后再来"),
        (EXPIRED, "您预留的身份证已过有效期", "到营业部柜台更新"),
    ],
    ids=["under 18", "ID expired"],
)
def test_who_may_not_is_told_after_his_code_and_stays_outside(
    app: Flask, client: FlaskClient, store: Store, sms: KeptSms, person: Somebody, said: str, cure: str
) -> None:
    put_on_file(store, person)
    page = ask_code(app, client, person.id_number)
    assert said not in page.text and f'value="{person.id_number}"' in page.text
    with nobody_came_in(store):
        refused(enter(client, page, person.id_number, sms.last_code), said, cure, status=403)
    assert client.get("/my").status_code == 303


WRONG_CODES = [
    ("wrong", lambda code: f"{(int(code) + 1) % 10**6:06d}", 0, "还可以再试 4 次"),
    ("letters", lambda code: "abcdef", 0, "还可以再试 4 次"),
    ("too long", lambda code: code * 2, 0, "还可以再试 4 次"),
    ("expired", lambda code: code, 5, "验证码已过期（5 分钟内有效），请重新获取"),
]


@pytest.mark.parametrize(("made", "minutes", "said"), [row[1:] for row in WRONG_CODES], ids=[r[0] for r in WRONG_CODES])
def test_a_code_that_does_not_serve_lets_nobody_in(
    app: Flask, client: FlaskClient, store: Store, sms: KeptSms, clock: HandClock, made, minutes: int, said: str
) -> None:
    page = ask_code(app, client, WANG.id_number)
    clock.pass_by(minutes=minutes)
    typed = made(sms.last_code)
    with nobody_came_in(store):
        page = refused(enter(client, page, WANG.id_number, typed), said)
    assert f'value="{WANG.id_number}"' in page.text and f'value="{typed}"' in page.text and " checked" in page.text
    assert "<details open>" in page.text, "the way to another code lies open"


def test_a_used_code_serves_nobody_else(app: Flask, store: Store, sms: KeptSms) -> None:
    """Another browser that read the same text."""
    first, second = app.test_client(), app.test_client()
    page = ask_code(app, first, WANG.id_number)
    assert enter(first, page, WANG.id_number, sms.last_code).status_code == 303
    form = second.get(PAGE)
    fields = {"id_number": WANG.id_number, "account_type": BROKERAGE, "agreed": "yes", "action": "go"}
    with nobody_came_in(store):
        page = post(second, PAGE, form, sent=hidden(page, "sent"), code=sms.last_code, **fields)
        refused(page, "这个验证码已经用过，请重新获取")
    assert f'value="{WANG.id_number}"' in page.text


@ON_BOTH
def test_a_used_up_code_serves_nobody(app: Flask, client: FlaskClient, store: Store, sms: KeptSms) -> None:
    page = ask_code(app, client, WANG.id_number)
    with nobody_came_in(store):
        for _ in range(5):
            page = enter(client, page, WANG.id_number, "x")
        refused(enter(client, page, WANG.id_number, sms.last_code), "这个验证码已作废，请重新获取")


@pytest.fixture
def strict(
    web_settings: WebSettings,
) -> Iterator[Flask]:
    """Where an address may ask for two codes and for six pictures in an hour."""
    limits = Limits(codes_an_hour_by_address=2, pictures_an_hour_by_address=6)
    made = create_app(replace(web_settings, limits=limits))
    furnish(made)
    yield made
    close(made)


def test_too_many_codes_from_one_address_are_refused_in_words(strict: Flask, sms: KeptSms) -> None:
    store = strict.extensions["kaihu"].store
    put_on_file(store, LI)
    client = strict.test_client()
    for number in (WANG.id_number, LI.id_number):
        assert ask_code(strict, client, number).status_code == 200
    with nobody_came_in(store):
        page = ask_code(strict, client, UNKNOWN)
        refused(page, "此网络获取验证码太频繁，请一小时后再试，或换一个网络", status=429)
    assert f'value="{UNKNOWN}"' in page.text and len(sms.sent) == 2


def test_too_many_pictures_from_one_address_lose_nothing_that_was_typed(strict: Flask, sms: KeptSms) -> None:
    store = strict.extensions["kaihu"].store
    client = strict.test_client()
    page = client.get(PAGE)
    for _ in range(5):
        page = post(client, PAGE, page, action="picture", id_number=WANG.id_number, account_type=ASSETS)
        assert page.status_code == 200
    with nobody_came_in(store):
        page = post(client, PAGE, page, action="picture", id_number=WANG.id_number, account_type=ASSETS)
        refused(page, "此网络获取图形验证码太频繁，请一小时后再试，或换一个网络", status=429)
    assert f'value="{WANG.id_number}"' in page.text and f'value="{ASSETS}" selected' in page.text


def test_an_hour_later_pictures_are_drawn_again(strict: Flask, clock: HandClock) -> None:
    client = strict.test_client()
    answers = [client.get(PAGE).status_code for _ in range(7)]
    assert answers == [200] * 6 + [429]
    clock.pass_by(hours=1, seconds=1)
    assert client.get(PAGE).status_code == 200


@ON_BOTH
def test_too_many_tries_of_staff_keep_the_login_and_not_the_password(app: Flask, store: Store) -> None:
    employ(store, "zhou", {"reviewer"})
    client = app.test_client()
    for _ in range(5):
        sign_in_staff(client, "zhou", "wrong password")
    with nobody_came_in(store):
        page = refused(sign_in_staff(client, "zhou"), "尝试次数太多，请 15 分钟后再试，或联系管理员", status=429)
    assert 'value="zhou"' in page.text and "a long enough password" not in page.text


@ON_BOTH
@pytest.mark.parametrize("again", ["start", "sign in"])
def test_while_a_business_is_pending_no_other_begins(
    app: Flask, client: FlaskClient, store: Store, sms: KeptSms, clock: HandClock, again: str
) -> None:
    sign_in(app, client, sms)
    with store.write() as tx:
        tx.execute(update(Case).values(started_at=clock.now(), number="20261124000001"))
    if again == "start":
        with nothing_stored(store):
            answer = post(client, f"/my/start/{MAIN}", client.get("/my"))
    else:
        post(client, "/sign-out")
        clock.pass_by(minutes=2)
        with nothing_stored(store):
            answer = sign_in(app, client, sms)
    assert answer.status_code == 303 and answer.location == "/my"
    refused(client.get("/my"), "您有一项业务还没有办完", "办完或放弃之前不能开始新的业务", status=200)


def test_the_picture_is_asked_before_anything_is_looked_up(app: Flask, client: FlaskClient, store: Store) -> None:
    page = client.get(PAGE)
    fields = {"id_number": WANG.id_number, "account_type": BROKERAGE, "action": "code"}
    wrong = {**solved(app, page), "picture": "0000"}
    with nobody_came_in(store):
        answer = refused(post(client, PAGE, page, **fields, **wrong), "请按新的图形再输入一次")
    assert f'value="{WANG.id_number}"' in answer.text
