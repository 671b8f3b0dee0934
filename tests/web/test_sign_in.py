"""Signing in as an investor: every refusal has its sentence, and nothing typed is lost."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from engine.errors import NoRoom
from engine.store import Store
from engine.tables import Case, Consent, SessionRow
from tests.web.conftest import (
    ASSETS,
    LI,
    MAIN,
    ON_BOTH,
    UNKNOWN,
    WANG,
    HandClock,
    KeptSms,
    Somebody,
    ask_code,
    enter,
    hidden,
    post,
    put_on_file,
    sign_in,
    solved,
)
from webapp.signin import consent

PAGE = f"/sign-in/{MAIN}"


def test_the_page_has_the_fields_of_the_manual_in_its_order_and_its_button(
    app: Flask, client: FlaskClient, sms: KeptSms
) -> None:
    """S13; there is no field for a phone (S14)."""
    before, after = client.get(PAGE).text, ask_code(app, client, WANG.id_number).text
    for page, asked in ((before, "图形验证码"), (after, "短信验证码")):
        form = page.split("<form")[-1].split("</form>")[0]
        told = ["身份证号码", "账户类型", asked, "我已阅读并同意", "《隐私政策》", ">马上开户</button>"]
        places = [form.find(text) for text in told]
        assert -1 not in places and places == sorted(places)
        assert 'type="tel"' not in form and 'name="phone"' not in form


def test_the_code_from_the_phone_leads_into_the_case(
    app: Flask, client: FlaskClient, sms: KeptSms, store: Store
) -> None:
    answer = sign_in(app, client, sms)
    assert answer.status_code == 303
    with store.read() as tx:
        case = tx.scalars(select(Case)).one()
    assert answer.location == f"/cases/{case.id}"
    assert (case.customer_id, case.started_at) == (WANG.id, None)


@ON_BOTH
def test_the_privacy_policy_that_was_agreed_to_is_on_record_once(
    app: Flask, client: FlaskClient, sms: KeptSms, store: Store, clock: HandClock
) -> None:
    for _ in range(2):
        sign_in(app, client, sms)
        post(client, "/sign-out")
        clock.pass_by(minutes=2)
    with store.read() as tx:
        given = tx.scalars(select(Consent)).one()
    assert (given.customer_id, given.document) == (WANG.id, "privacy_policy")


def test_without_the_consent_on_record_nobody_is_in(
    app: Flask, client: FlaskClient, sms: KeptSms, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(tx: Session) -> None:
        raise NoRoom

    monkeypatch.setattr(consent, "privacy", lambda customer_id: full)
    assert sign_in(app, client, sms).status_code == 507
    assert client.get("/my").location.startswith("/sign-in")


def test_the_phone_on_file_is_shown_masked_and_only_after_the_picture(
    app: Flask, client: FlaskClient, sms: KeptSms
) -> None:
    page = client.get(PAGE)
    assert "138****" not in page.text
    page = ask_code(app, client, WANG.id_number)
    assert "138****8000" in page.text and "13800138000" not in page.text
    assert sms.sent[0][0] == WANG.phone


def test_everything_typed_stays_when_another_field_is_wrong(app: Flask, client: FlaskClient, sms: KeptSms) -> None:
    page = ask_code(app, client, WANG.id_number, account_type=ASSETS)
    page = enter(client, page, WANG.id_number, "123456", account_type=ASSETS, agreed="")
    assert page.status_code == 422
    assert f'value="{WANG.id_number}"' in page.text and 'value="123456"' in page.text
    assert f'<option value="{ASSETS}" selected>' in page.text
    assert "同意后勾选" in page.text and 'href="#field-agreed"' in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"id_number": ""}, "请输入身份证号码"),
        ({"id_number": "11010519491231002"}, "身份证"),
        ({"id_number": "110105194912310021"}, "身份证"),
        ({"account_type": "no such type"}, "请选择账户类型"),
        ({"picture": ""}, "请输入图形验证码"),
        ({"picture": "0000"}, "图形验证码不正确"),
    ],
    ids=["no number", "17 digits", "wrong check digit", "unknown type", "no picture code", "wrong picture code"],
)
def test_asking_for_a_code_with_something_wrong_sends_nothing(
    app: Flask, client: FlaskClient, sms: KeptSms, typed: dict[str, str], said: str
) -> None:
    page = ask_code(app, client, **({"id_number": WANG.id_number} | typed))
    assert page.status_code == 422 and said in page.text and not sms.sent


def test_a_picture_serves_once(app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock) -> None:
    page = client.get(PAGE)
    fields = {"id_number": WANG.id_number, "account_type": WANG.account_type, "action": "code", **solved(app, page)}
    assert post(client, PAGE, page, **fields).status_code == 200
    clock.pass_by(minutes=2)
    again = post(client, PAGE, page, **fields)
    assert again.status_code == 422 and "图形验证码不正确" in again.text and len(sms.sent) == 1


def test_a_picture_ages(app: Flask, client: FlaskClient, clock: HandClock) -> None:
    page = client.get(PAGE)
    fields = {"id_number": WANG.id_number, "account_type": WANG.account_type, "action": "code", **solved(app, page)}
    clock.pass_by(minutes=11)
    assert post(client, PAGE, page, **fields).status_code == 422


def test_another_picture_keeps_what_was_typed(client: FlaskClient) -> None:
    page = client.get(PAGE)
    other = post(client, PAGE, page, action="picture", id_number=WANG.id_number, picture_id=hidden(page, "picture_id"))
    assert hidden(other, "picture_id") != hidden(page, "picture_id")
    assert f'value="{WANG.id_number}"' in other.text and "请更正" not in other.text


def test_the_picture_is_drawn_and_spoken_while_it_serves(app: Flask, client: FlaskClient) -> None:
    page = client.get(PAGE)
    picture = hidden(page, "picture_id")
    assert client.get(f"/picture-code/{picture}.png").data.startswith(b"\x89PNG")
    assert client.get(f"/picture-code/{picture}.wav").data.startswith(b"RIFF")
    post(
        client, PAGE, page, id_number=WANG.id_number, account_type=WANG.account_type, action="code", **solved(app, page)
    )
    assert client.get(f"/picture-code/{picture}.png").status_code == 404


def test_a_number_nobody_has_gets_the_same_page(app: Flask, sms: KeptSms) -> None:
    known = ask_code(app, app.test_client(), WANG.id_number)
    unknown = ask_code(app, app.test_client(), UNKNOWN)
    assert known.status_code == unknown.status_code == 200
    assert words(known.text) == words(unknown.text)
    assert len(sms.sent) == 1


def test_a_number_nobody_has_keeps_its_made_up_phone(app: Flask, clock: HandClock) -> None:
    first = ask_code(app, app.test_client(), UNKNOWN)
    clock.pass_by(minutes=2)
    assert phone(ask_code(app, app.test_client(), UNKNOWN).text) == phone(first.text)


def test_a_number_nobody_has_is_written_about_in_the_same_way(app: Flask, store: Store) -> None:
    counts = []
    for number in (WANG.id_number, UNKNOWN):
        client = app.test_client()
        client.get(PAGE)
        counted: list[str] = []
        listener = lambda *seen: counted.append(seen[2])  # noqa: B023, E731
        event.listen(store.db, "before_cursor_execute", listener)
        ask_code(app, client, number)
        event.remove(store.db, "before_cursor_execute", listener)
        counts.append([statement for statement in counted if not statement.startswith(("SELECT", "BEGIN DEFERRED"))])
    assert counts[0] == counts[1] and any("sign_in_codes" in statement for statement in counts[0])


def test_an_account_of_another_type_is_refused_and_the_code_stays_good(
    app: Flask, client: FlaskClient, sms: KeptSms
) -> None:
    page = ask_code(app, client, WANG.id_number)
    page = enter(client, page, WANG.id_number, sms.last_code, account_type=ASSETS)
    assert page.status_code == 422 and "没有这一类型的账户" in page.text
    assert enter(client, page, WANG.id_number, sms.last_code).status_code == 303


def test_an_expired_id_is_told_only_after_the_code(app: Flask, client: FlaskClient, sms: KeptSms, store: Store) -> None:
    put_on_file(store, Somebody("old", LI.id_number, valid_until=date(2026, 11, 23)))
    page = ask_code(app, client, LI.id_number)
    assert "有效期" not in page.text.replace("持有效", "")
    page = enter(client, page, LI.id_number, sms.last_code)
    assert page.status_code == 403 and "已过有效期" in page.text and "柜台" in page.text
    with store.read() as tx:
        assert tx.scalar(select(func.count()).select_from(SessionRow)) == 0


def test_an_id_counts_on_its_last_day(app: Flask, client: FlaskClient, sms: KeptSms, store: Store) -> None:
    put_on_file(store, Somebody("last", LI.id_number, valid_until=date(2026, 11, 24)))
    assert sign_in(app, client, sms, LI.id_number).status_code == 303


@pytest.mark.parametrize(
    ("number", "status"), [("110101200811240010", 303), ("110101200811250016", 403)], ids=["18 today", "18 tomorrow"]
)
def test_eighteen_is_reached_on_the_birthday(
    app: Flask, client: FlaskClient, sms: KeptSms, store: Store, number: str, status: int
) -> None:
    put_on_file(store, Somebody("young", number))
    answer = sign_in(app, client, sms, number)
    assert answer.status_code == status
    assert status == 303 or "18 周岁" in answer.text


def test_outside_the_hours_no_code_is_sent_and_the_hours_are_told(
    app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock
) -> None:
    clock.pass_by(hours=14, minutes=4)  # Tuesday 23:58
    page = ask_code(app, client, WANG.id_number)
    assert page.status_code == 403 and "现在不在网上服务时间" in page.text and "01:23-23:58" in page.text
    assert f'value="{WANG.id_number}"' in page.text and not sms.sent


def test_the_hours_end_while_the_code_is_on_its_way(
    app: Flask, client: FlaskClient, sms: KeptSms, clock: HandClock
) -> None:
    clock.pass_by(hours=14, minutes=3)
    page = ask_code(app, client, WANG.id_number)
    clock.pass_by(minutes=1)
    assert enter(client, page, WANG.id_number, sms.last_code).status_code == 403


def test_who_signs_in_again_comes_back_to_the_page_he_wanted(app: Flask, client: FlaskClient, sms: KeptSms) -> None:
    wanted = client.get("/my")
    assert wanted.status_code == 303 and wanted.location == "/sign-in?next=/my"
    assert sign_in(app, client, sms, path=wanted.location).location == "/my"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "//[", "//[::1",
        "/%09/evil.example", "https:evil.example", "//localhost@evil.example/",
    ],
)  # fmt: skip
def test_nobody_is_sent_to_another_site(app: Flask, client: FlaskClient, sms: KeptSms, elsewhere: str) -> None:
    answer = sign_in(app, client, sms, path=f"/sign-in?next={elsewhere}")
    assert answer.location == "/my"


def test_a_business_that_only_an_obligation_starts_has_no_sign_in(client: FlaskClient) -> None:
    assert client.get("/sign-in/supplementary_agreement").status_code == 404
    assert client.get("/sign-in/nothing").status_code == 404


def words(page: str) -> str:
    """A page without what is random or typed in it."""
    import re

    page = re.sub(r'value="[^"]*"', "", page)
    page = re.sub(r"/picture-code/\w+", "", page)
    return re.sub(r"1\d\d\*{4}\d{4}", "PHONE", page)


def phone(page: str) -> str:
    import re

    found = re.search(r"1\d\d\*{4}\d{4}", page)
    assert found
    return found[0]
