"""What exists only in a demonstration: sample people, specimens, the outbox, certificates for sample people."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import outbox as outbox_of_jobs
from engine import texts
from engine.accounts import LocalAccountSystem
from engine.cases import telling
from engine.pki import make_demonstration_ca
from engine.store import Store
from engine.tables import Case, Certificate, Photo
from tests.web.conftest import MAIN, UNKNOWN, WANG, HandClock, KeptSms, ask_code, close, enter, furnish, post
from tests.web.line import Browser, Line
from webapp.app import create_app
from webapp.demonstration.people import SamplePerson, Specimen
from webapp.settings import WebSettings
from workers.drivers.sms import LocalSmsGateway
from workers.house import House
from workers.run import perform_in

PEOPLE = (
    SamplePerson(
        "wang", "investor", WANG.name, "有证书", "has one", WANG.id_number, WANG.account_type, has_certificate=True
    ),
    SamplePerson("zhou", "staff", "周审", "柜台人员", login="zhou", password="secret-enough"),
)


class Sample:
    def people(self) -> tuple[SamplePerson, ...]:
        return PEOPLE

    def specimen(self, customer_id: str, slot: str) -> Specimen | None:
        return Specimen("wang-portrait.jpg", "image/jpeg", b"\xff\xd8 specimen") if slot == "id_portrait" else None


@pytest.fixture
def app(web_settings: WebSettings, clock: HandClock, tmp_path: Path) -> Iterator[Flask]:
    authority = make_demonstration_ca(tmp_path, clock.now())
    made = create_app(web_settings, authority=authority, demonstration=Sample())
    furnish(made, demonstration=True)
    yield made
    close(made)


def fill(client: FlaskClient, key: str = "wang") -> str:
    return post(client, "/demonstration/fill", person=key, business=MAIN).text


def test_one_click_fills_in_the_form_and_the_button_lets_in(client: FlaskClient) -> None:
    page = post(client, "/demonstration/fill", person="wang", business=MAIN)
    code = page.text.split('name="code"')[1].split('value="')[1].split('"')[0]
    assert f'value="{WANG.id_number}"' in page.text and len(code) == 6 and " checked" in page.text
    assert enter(client, page, WANG.id_number, code).location.startswith("/cases/")


def test_filling_in_is_not_held_up_by_the_limits(client: FlaskClient) -> None:
    for _ in range(7):
        assert "138****8000" in fill(client)


def test_nobody_else_is_filled_in(client: FlaskClient) -> None:
    assert post(client, "/demonstration/fill", person="li", business=MAIN).status_code == 404


def test_every_page_says_that_it_is_a_demonstration(client: FlaskClient) -> None:
    for path in ("/", f"/sign-in/{MAIN}", "/staff/sign-in", "/nowhere"):
        assert "这是演示环境" in client.get(path).text


def test_it_is_always_open(client: FlaskClient, clock: HandClock) -> None:
    clock.pass_by(hours=14, minutes=30)
    page = post(client, "/demonstration/fill", person="wang", business=MAIN)
    code = page.text.split('name="code"')[1].split('value="')[1].split('"')[0]
    assert enter(client, page, WANG.id_number, code).status_code == 303
    assert "全天开放" in client.get("/").text


def outbox(client: FlaskClient) -> list[str]:
    """The rows of the page of texts, as they read."""
    body = client.get("/demonstration/outbox").text.split("<tbody>")[1]
    rows = re.findall(r"<tr>(.*?)</tr>", body, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_the_outbox_shows_a_code_before_and_after_it_is_sent(app: Flask, client: FlaskClient, store: Store) -> None:
    assert outbox(client) == ["还没有短信。登录时获取验证码后会显示在这里。"]
    ask_code(app, client, WANG.id_number)
    ask_code(app, client, UNKNOWN)
    [waiting] = outbox(client)
    assert "您的登录验证码是" in waiting and WANG.phone in waiting and waiting.endswith("等待发送")
    [leased] = texts.due(store)
    assert outbox(client)[0].endswith("等待发送 已尝试 1 次，会自动再试")
    local = LocalSmsGateway(store)
    perform_in(House(store, LocalAccountSystem(store), local), leased.job_id, leased.attempt)
    [sent] = outbox(client)
    assert "您的登录验证码是" in sent and WANG.phone in sent and sent.endswith("已发出")


def test_the_outbox_shows_notices_with_their_words_and_how_often_they_were_tried(
    client: FlaskClient, store: Store, clock: HandClock
) -> None:
    page = post(client, "/demonstration/fill", person="wang", business=MAIN)
    enter(client, page, WANG.id_number, page.text.split('name="code"')[1].split('value="')[1].split('"')[0])
    with store.write() as tx:
        tx.add(telling.text(store, tx.scalars(select(Case.id)).one(), "failed", clock.now()))
    words = "您的修改结算账户没有办理成功"
    assert words in outbox(client)[0] and outbox(client)[0].endswith("等待发送")
    for tried in (1, 2):
        [leased] = outbox_of_jobs.due(store)
        outbox_of_jobs.fail(store, leased.job_id, leased.attempt, "ConnectionError", permanent=tried == 2)
        clock.pass_by(minutes=1)
    [given_up] = outbox(client)
    assert words in given_up and WANG.phone in given_up and given_up.endswith("没有发出 已尝试 2 次 需要运维人员处理")


def test_staff_are_listed_with_their_passwords(client: FlaskClient) -> None:
    page = client.get("/staff/sign-in").text
    assert "周审" in page and "secret-enough" in page


def test_a_specimen_is_downloaded_or_used_in_the_case(client: FlaskClient, store: Store) -> None:
    page = post(client, "/demonstration/fill", person="wang", business=MAIN)
    enter(client, page, WANG.id_number, page.text.split('name="code"')[1].split('value="')[1].split('"')[0])
    got = client.get("/demonstration/specimens/id_portrait")
    assert got.data == b"\xff\xd8 specimen" and "attachment" in got.headers["Content-Disposition"]
    assert client.get("/demonstration/specimens/signature").status_code == 404
    with store.read() as tx:
        case_id = tx.scalars(select(Case.id)).one()
    used = post(client, f"/demonstration/cases/{case_id}/specimens/id_portrait", kind="id1")
    assert used.location == f"/cases/{case_id}"
    with store.read() as tx:
        assert tx.scalars(select(Photo)).one().slot == "id_portrait"


@pytest.mark.parametrize(
    ("step", "slot"), [("after the photographs", "id_portrait"), ("at the photographs", "bank_card:1")]
)
def test_a_specimen_goes_only_into_a_slot_of_the_open_step(app: Flask, store: Store, step: str, slot: str) -> None:
    line = at_the_photographs(app, store)
    if step.startswith("after"):
        line.upload("id_portrait", "id_emblem", "signature")
        line.post(identity_consent="yes")
    before = len(photos_of(store))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Sample, "specimen", lambda *given: Specimen("x.jpg", "image/jpeg", b"\xff\xd8 specimen"))
        post(line.client, f"/demonstration/cases/{line.case_id}/specimens/{slot}", kind="sheet")
    assert len(photos_of(store)) == before


def test_what_was_typed_stays_when_a_specimen_is_used(app: Flask, store: Store) -> None:
    line = at_the_photographs(app, store)
    post(line.client, f"/demonstration/cases/{line.case_id}/specimens/id_portrait", identity_consent="yes")
    assert re.search(r'name="identity_consent"[^>]*checked', line.page().text)


def at_the_photographs(app: Flask, store: Store) -> Line:
    client = app.test_client()
    page = post(client, "/demonstration/fill", person="wang", business=MAIN)
    enter(client, page, WANG.id_number, page.text.split('name="code"')[1].split('value="')[1].split('"')[0])
    return Line(app, client, store, Browser())


def photos_of(store: Store) -> list[Photo]:
    with store.read() as tx:
        return list(tx.scalars(select(Photo)))


def test_a_sample_person_gets_a_certificate_for_the_browsers_key(client: FlaskClient, store: Store) -> None:
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    spki = base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    answer = post(client, "/demonstration/certificate", person="wang", spki=spki)
    assert answer.json and answer.json["customer"] == WANG.id and "BEGIN CERTIFICATE" in answer.json["pem"]
    with store.read() as tx:
        assert tx.scalars(select(Certificate)).one().customer_id == WANG.id


@pytest.mark.parametrize(
    ("person", "spki", "status"), [("zhou", "", 404), ("nobody", "", 404), ("wang", "no key", 422)]
)
def test_no_certificate_for_others_or_without_a_key(client: FlaskClient, person: str, spki: str, status: int) -> None:
    assert post(client, "/demonstration/certificate", person=person, spki=spki).status_code == status


def test_the_panel_asks_for_the_certificate_by_script(client: FlaskClient) -> None:
    assert "data-sample-certificate" in fill(client)


def test_without_a_demonstration_there_is_no_panel(web_settings: WebSettings, sms: KeptSms) -> None:
    made = create_app(web_settings)
    furnish(made)
    try:
        client = made.test_client()
        assert "演示" not in client.get(f"/sign-in/{MAIN}").text and "演示" not in client.get("/staff/sign-in").text
        assert client.get("/demonstration/outbox").status_code == 404
    finally:
        close(made)
