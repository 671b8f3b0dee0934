"""The investor's line through the browser's eyes: every step, wrong ways, drafts, refusals that keep what was typed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.cases.answers import latest
from engine.pki import Party, issue_certificate, make_demonstration_ca
from engine.store import Store
from engine.tables import Consent, Photo, Signature, Submission
from tests.web.conftest import ON_BOTH, WANG, HandClock, KeptSms, close, furnish, sign_in, store_of
from tests.web.line import SLOTS, Browser, Line, filed_card, jpeg
from webapp.app import create_app
from webapp.settings import WebSettings


@pytest.fixture
def app(web_settings: WebSettings) -> Iterator[Flask]:
    authority = make_demonstration_ca(web_settings.data_dir, web_settings.clock.now())
    made = create_app(web_settings, authority=authority)
    furnish(made)
    filed_card(store_of(made), WANG.id)
    yield made
    close(made)


@pytest.fixture
def browser(app: Flask, store: Store) -> Browser:
    """A browser that holds a certificate."""
    held = Browser()
    party = Party(WANG.id, "", WANG.name, WANG.id_number)
    with store.write() as tx:
        authority = app.extensions["kaihu"].authority
        held.pem = issue_certificate(tx, store.vault, authority, store.clock.now(), party, held.spki)
    return held


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    return Line(app, client, store, browser)


@ON_BOTH
def test_the_whole_line_ends_before_the_reviewer(line: Line, store: Store) -> None:
    line.to_review()
    page = line.client.get(f"/cases/{line.case_id}")
    assert page.status_code == 200
    assert "已提交，等待复核" in page.text and line.case.number in page.text
    with store.read() as tx:
        assert {row.document for row in tx.scalars(select(Consent)) if row.case_id} == {
            "identity",
            "bank_cards",
            "certificate_responsibility",
        }
        assert [len(row.documents) for row in tx.scalars(select(Signature))] == [3]


def test_each_step_has_its_heading_and_the_step_list_follows(line: Line) -> None:
    page = line.page().text
    assert "<h1>上传照片</h1>" in page and "第 1 步，共 7 步：上传照片" in page
    line.photos()
    assert "第 2 步，共 7 步：个人基本资料" in line.page().text


def test_what_is_missing_is_said_at_the_field_and_on_top_with_a_link(line: Line) -> None:
    answer = line.post()
    assert answer.status_code == 422
    assert 'href="#field-id_portrait"' in answer.text and "请上传身份证正面（人像面）" in answer.text
    assert 'id="field-id_portrait"' in answer.text and answer.text.count("请阅读并勾选") == 2


def test_a_photo_stays_when_another_field_is_wrong(line: Line, store: Store) -> None:
    files = {f"photo-{slot}": (io.BytesIO(jpeg()), "x.jpg") for slot in SLOTS}
    assert line.post(**files).status_code == 422
    with store.read() as tx:
        assert {row.slot for row in tx.scalars(select(Photo))} == set(SLOTS)
    assert line.post(identity_consent="yes").status_code == 303


WRONG_FILES = [
    ("empty", b"", "这个文件是空的"),
    ("svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "这不是能识别的照片"),
    ("a tiff with a picture's name", b"II*\0\x08\0\0\0", "这不是能识别的照片"),
    ("too big", b"\xff\xd8\xff" + b"0" * (20 * 1024 * 1024), "照片超过 20 MB"),
]


@pytest.mark.parametrize(("data", "said"), [row[1:] for row in WRONG_FILES], ids=[row[0] for row in WRONG_FILES])
def test_a_file_that_is_no_photo_is_refused_and_nothing_is_stored(
    line: Line, store: Store, data: bytes, said: str
) -> None:
    answer = line.post(**{"photo-id_portrait": (io.BytesIO(data), "x.jpg")})
    assert answer.status_code == 422 and said in answer.text
    with store.read() as tx:
        assert tx.scalars(select(Photo)).all() == []


def test_one_slot_is_uploaded_alone_and_its_card_comes_back(line: Line) -> None:
    path = f"/cases/{line.case_id}/photos/id_portrait"
    page = line.page()
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    data = {"csrf_token": token, "photo-id_portrait": (io.BytesIO(jpeg()), "x.jpg")}
    card = line.client.post(path, data=data, headers={"HX-Request": "true"}, content_type="multipart/form-data")
    assert (
        card.status_code == 200
        and "正在切边和摆正…" in card.text
        and "hx-trigger" in card.text
        and "<html" not in card.text
    )
    line.work()
    done = line.client.get(path).text
    assert "可以使用" in done and 'hx-trigger="every' not in done and "使用原图" in done


def test_a_slot_that_the_step_does_not_have_takes_nothing(line: Line, store: Store) -> None:
    line.post(f"/cases/{line.case_id}/photos/passport", **{"photo-passport": (io.BytesIO(jpeg()), "x.jpg")})
    with store.read() as tx:
        assert tx.scalars(select(Photo)).all() == []


def test_photographs_are_served_re_encoded_and_never_kept(line: Line, store: Store) -> None:
    line.upload("id_portrait")
    with store.read() as tx:
        photo = tx.scalars(select(Photo)).one()
    served = line.client.get(f"/photos/{photo.id}/original")
    assert served.data == jpeg("navy") and served.headers["Cache-Control"] == "no-store"
    assert served.headers["X-Content-Type-Options"] == "nosniff" and served.mimetype == "image/jpeg"
    assert line.client.get(f"/photos/{photo.id}/crop").data == jpeg("green")
    assert line.client.get(f"/photos/{photo.id}/raw").status_code == 404


def test_the_original_can_be_chosen_instead_of_the_crop(line: Line, store: Store) -> None:
    line.upload("id_portrait")
    with store.read() as tx:
        photo = tx.scalars(select(Photo)).one()
    line.post(f"/photos/{photo.id}/use", use="original")
    with store.read() as tx:
        assert tx.get_one(Photo, photo.id).chosen == "original"


def test_back_saves_what_was_typed_and_it_is_there_again(line: Line) -> None:
    line.photos()
    answer = line.post(line.path("back"), address="半句话")
    assert answer.status_code == 303
    assert "<h1>核对照片</h1>" in line.page().text
    line.post(photos_checked="yes", responsibility="yes")
    assert "半句话" in line.page().text


def test_autosave_says_when_and_what_is_hidden_and_another_device_sees_it(
    line: Line, app: Flask, sms: KeptSms, clock: HandClock
) -> None:
    line.photos()
    answer = line.post(line.path("draft"), address="在手机上写的")
    assert answer.json == {"saved": "09:54", "hidden": []}
    clock.pass_by(seconds=61)
    other = app.test_client()
    sign_in(app, other, sms, path="/sign-in")
    assert "在手机上写的" in other.get(line.path()).text


def test_prefilled_from_file_then_from_the_accepted_answers(line: Line) -> None:
    line.photos()
    page = line.page().text
    assert "样本市样本路 1 号" in page and "2016.05.02-2036.05.02" in page
    assert WANG.id_number not in page and "110105********002X" in page and "138****8000" in page
    line.basic_data()
    line.post(line.path("back"))
    assert "样本市样本路 2 号" in line.page().text


def test_the_basic_data_that_the_account_gives_cannot_be_typed_over(line: Line) -> None:
    """G3: names and numbers are fixed, what the ID says may be corrected, the rest is for the counter."""
    line.photos()
    page = line.page().text
    for label in ("姓名", "性别", "出生日期", "身份证号码", "手机号码", "所属营业部", "资金账号"):
        assert label in page, label
    typed = set(re.findall(r'<(?:input|textarea|select)[^>]* name="(\w+)"', page))
    assert typed & set(FIXED) == set() and {"address", "issuer", "validity"} <= typed
    assert "姓名或证件号码有误时，请携带身份证到营业部柜台办理变更" in page
    line.post(
        address="样本市样本路 2 号", issuer="样本市公安局", validity="2016.05.02-2036.05.02", name="别人", sex="男"
    )
    with line.app.app_context(), line.store.read() as tx:
        given = latest(tx, line.store.vault, line.case_id, "basic_data")
    assert given and "别人" not in str(given)


FIXED = ("name", "sex", "birth", "id_number", "phone", "branch", "account_number")


def wrong_ways(line: Line) -> list[str]:
    old = line.path()
    line.photos()
    return [old, f"/cases/{line.case_id}/nothing"]


def test_a_closed_or_unknown_step_leads_to_the_open_one(line: Line) -> None:
    for path in wrong_ways(line):
        for answer in (line.client.get(path), line.post(path), line.post(f"{path}/back")):
            assert answer.status_code == 303 and answer.location == f"/cases/{line.case_id}"
    page = line.client.get(f"/cases/{line.case_id}", follow_redirects=True)
    assert "个人基本资料" in page.text and "您打开的一步已经办过了" in page.text


def test_the_same_form_twice_counts_once(line: Line, store: Store) -> None:
    line.photos()
    page, path = line.page(), line.path()
    fields = {"address": "样本市样本路 2 号", "issuer": "样本市公安局", "validity": "2016.05.02-2036.05.02"}
    first, second = (line.post(path, page, **fields) for _ in range(2))
    assert first.status_code == second.status_code == 303
    with store.read() as tx:
        assert len(tx.scalars(select(Submission).where(Submission.step == "basic_data")).all()) == 1


def at_cards(line: Line) -> None:
    line.photos()
    line.basic_data()


def test_a_row_is_added_and_removed_without_javascript(line: Line) -> None:
    at_cards(line)
    page = line.page().text
    assert "建设银行" in page and "**** 5677" in page and "6217000010012345677" not in page
    line.post(add_row="cards.1")
    assert 'name="cards.1.number"' in line.page().text
    line.post(**{"cards.1.row": "1", "cards.1.outlet": "静安某行"}, add_row="cards.2")
    assert "静安某行" in line.page().text and 'name="cards.2.number"' in line.page().text
    line.post(**{"cards.1.row": "1", "cards.1.outlet": "静安某行", "cards.2.row": "2"}, remove_row="cards.1")
    assert "静安某行" not in line.page().text and 'name="cards.2.number"' in line.page().text


CARD_REFUSALS = [
    ("no change", {}, "银行卡没有任何变更"),
    ("the only card", {"cards.remove": "old"}, "请至少保留一张银行卡"),
    (
        "second of a bank",
        {
            "cards.1.row": "1",
            "cards.1.bank": "CCB",
            "cards.1.outlet": "上海市静安支行",
            "cards.1.number": "6217000010012345677",
        },
        "每家银行只能有一张卡",
    ),
    (
        "off the list",
        {
            "cards.1.row": "1",
            "cards.1.bank": "XX",
            "cards.1.outlet": "上海市静安支行",
            "cards.1.number": "6225880123456783",
        },
        "请从列表中选择开户银行",
    ),
    ("no consent", {"bank_cards_consent": ""}, "请阅读并勾选“我单独同意处理我的银行卡信息”"),
]


@pytest.mark.parametrize(("fields", "said"), [row[1:] for row in CARD_REFUSALS], ids=[row[0] for row in CARD_REFUSALS])
def test_a_wrong_list_of_cards_is_refused_in_words(line: Line, fields: dict[str, str], said: str) -> None:
    at_cards(line)
    answer = line.post(**{"bank_cards_consent": "yes", **fields})
    assert answer.status_code == 422 and said in answer.text


def test_without_a_certificate_the_video_page_comes_next(line: Line) -> None:
    line.browser.pem = ""
    line.photos()
    line.basic_data()
    line.bank_cards()
    assert "未检测到证书" in line.page().text
    line.certificate()
    assert "没有检测到数字证书" in line.page().text
    line.post(read="yes")
    page = line.page().text
    assert "视频通话就在这个浏览器里进行" in page and "上一步" in page
    assert "放弃办理" in page and "下一步</button>" not in page


def test_another_persons_certificate_counts_as_none(line: Line, app: Flask, store: Store) -> None:
    party = Party(WANG.id, "", "别人", "110101199001010015")
    with store.write() as tx:
        line.browser.pem = issue_certificate(
            tx, store.vault, app.extensions["kaihu"].authority, store.clock.now(), party, line.browser.spki
        )
    line.photos()
    line.basic_data()
    line.bank_cards()
    line.certificate()
    assert "没有检测到数字证书" in line.page().text


def at_signing(line: Line) -> None:
    line.photos()
    line.basic_data()
    line.bank_cards()
    line.certificate()


def test_an_unticked_agreement_and_a_missing_signature_are_refused(line: Line) -> None:
    at_signing(line)
    assert "每份协议都需阅读并勾选" in line.post().text
    ticks = line.page().text.split('name="agreements" value="')[1:]
    unsigned = line.post(agreements=[tick.split('"')[0] for tick in ticks])
    assert (
        unsigned.status_code == 422
        and "没有收到数字证书的签名" in unsigned.text
        and unsigned.text.count(" checked") == 3
    )


def test_a_signature_over_another_text_is_refused(line: Line) -> None:
    at_signing(line)
    ticks = [tick.split('"')[0] for tick in line.page().text.split('name="agreements" value="')[1:]]
    proof = line.proof("sign", "agreements") | {"agreements.signature": line.browser.sign("something else")}
    assert line.post(agreements=ticks, **proof).status_code == 422


def test_the_flow_shows_the_way_taken_and_where_the_case_stands(line: Line) -> None:
    line.photos()
    page = line.client.get(f"/cases/{line.case_id}/flow").text
    assert page.count('class="flow-picture"') == 5 and "▶" in page and "✓" in page
    assert "核对照片" in page and "已提交" in page


def test_the_waiting_page_leads_on_once_a_step_is_open(line: Line) -> None:
    line.upload(*SLOTS)
    line.post(identity_consent="yes")
    page = line.client.get(f"/cases/{line.case_id}")
    assert "正在处理您提交的内容" in page.text and "3 / 3 张照片处理完成" in page.text
    assert "HX-Redirect" not in line.client.get(f"/cases/{line.case_id}/waiting").headers
    line.work()
    assert line.client.get(f"/cases/{line.case_id}/waiting").headers["HX-Redirect"] == f"/cases/{line.case_id}"


def test_english_by_the_switch(line: Line) -> None:
    line.client.set_cookie("kaihu_language", "en")
    page = line.page().text
    assert 'lang="en"' in page and "Upload" in page
    assert "Enter" in line.post().text or "Upload:" in line.post().text
