# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""At a desk: original and cut-out side by side, who cut it out, what was read beside what was typed."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from engine.photo_records import Reading
from engine.store import Store
from engine.tables import Photo, PhotoRecord
from tests.web.conftest import WANG, post
from tests.web.line import Line
from tests.web.readings import cut, photo_in, read, sure, unsure
from tests.web.test_desk import claim, line, reviewer  # noqa: F401
from tests.web.test_steps_line import app, browser  # noqa: F401

TYPED = "样本市样本路 2 号"
OTHER_ID = WANG.id_number[:-4] + "003X"


def row(page: str, label: str) -> str:
    """One row of the comparison, as words: what was read, what was given, the result."""
    heads = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.S)
    found = {re.sub(r"<[^>]+>.*", "", re.sub(r"^<[^>]+>", "", head), flags=re.S): rest for head, rest in heads}
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[label])).strip()


def test_original_and_cut_out_stand_side_by_side_and_who_cut_it_is_said(reviewer: FlaskClient, store: Store) -> None:
    photo = photo_in(store, "id_portrait")
    path = claim(reviewer, store)
    page = reviewer.get(path).text
    kinds = re.findall(rf'src="/desk/photos/{photo}/(\w+)(?:\?of=\w+)?" alt="[^"]+" loading="lazy"', page)
    assert kinds == ["original", "crop"] and "系统自动切边" in page and "客户手工切边" not in page
    cut(store, photo, 2, by=WANG.id)
    assert "客户手工切边" in reviewer.get(path).text


STATES: list[tuple[str, Reading, str]] = [
    ("what is alike", sure("样本市样本路2号"), f"样本市样本路2号 {TYPED} ✓ 一致"),
    (
        "a sure reading typed over",
        sure("样本市样本路1号"),
        "样本市样本路[1]号 样本市样本路[2]号 ≠ 客户改过识别结果",
    ),
    ("a guess", unsure("样本市样本路号"), "样本市样本路[缺]号 没有把握 样本市样本路[2]号 ≠ 不一致，识别没有把握"),
]


def test_a_code_is_compared_as_the_word_it_stands_for(reviewer: FlaskClient, store: Store) -> None:
    read(store, photo_in(store, "id_portrait"), {"sex": sure("男")})
    path = claim(reviewer, store)
    assert row(reviewer.get(path).text, "性别") == "[男] [女] ≠ 与账户资料不一致"
    assert row(reviewer.get(f"{path}?lang=en", follow_redirects=True).text, "Sex").startswith("[Male] [Female]")


@pytest.mark.parametrize(("reading", "told"), [case[1:] for case in STATES], ids=[case[0] for case in STATES])
def test_each_character_that_differs_is_marked_and_the_result_is_a_word(
    reviewer: FlaskClient, store: Store, reading: Reading, told: str
) -> None:
    read(store, photo_in(store, "id_portrait"), {"address": reading})
    page = reviewer.get(claim(reviewer, store)).text
    assert row(page, "住址") == told
    assert row(page, "公民身份号码").endswith("没有读出") and "民族" not in page


def test_a_number_is_masked_in_the_comparison_too_until_it_is_asked_for(reviewer: FlaskClient, store: Store) -> None:
    card = {"number": sure("6225880123456788", checked=True), "kind": sure("debit")}
    read(store, photo_in(store, "id_portrait"), {"id_number": sure(OTHER_ID, checked=True)})
    read(store, photo_in(store, "bank_card:1"), card)
    path = claim(reviewer, store)
    page = reviewer.get(path).text
    assert row(page, "公民身份号码").startswith("110105********00[3]X 校验通过 110105********00[2]X ≠ 与账户资料不一致")
    assert "[**** 6788] 校验通过 [**** 6783]" in row(page, "卡号") and page.count("号码有遮挡") == 2
    assert row(page, "卡种") == "借记卡 — 不要求填写"
    for secret in (WANG.id_number, OTHER_ID, "6225880123456788", "622588012345678"):
        assert secret not in page
    page = post(reviewer, f"{path}/reveal", reviewer.get(path)).text
    assert row(page, "卡号") == "622588012345678[8] 校验通过 622588012345678[3] ≠ 客户改过识别结果"
    assert f"{OTHER_ID[:16]}[3]X" in row(page, "公民身份号码")


def test_a_number_of_another_person_is_a_verdict_with_its_level(reviewer: FlaskClient, store: Store) -> None:
    said = {
        "code": "number_mismatch",
        "level": "warn",
        "cause": "与登录身份证号不一致",
        "cure": "",
        "cause_en": "",
        "cure_en": "",
    }
    with store.write() as tx:
        tx.get_one(Photo, photo_in(store, "id_portrait")).record = {"action": "review", "verdicts": [said]}
    page = reviewer.get(claim(reviewer, store)).text
    assert re.search(r'<p class="verdict verdict-warn"><strong>提醒</strong>：与登录身份证号不一致</p>', page)


def test_a_field_shows_its_place_only_on_the_picture_as_it_was_read(reviewer: FlaskClient, store: Store) -> None:
    photo, path = photo_in(store, "id_portrait"), claim(reviewer, store)
    place = 'data-place="10,10 26,10 26,16 10,16" data-of="crop"'
    read(store, photo, {"name": sure(WANG.name)})
    assert place in reviewer.get(path).text
    becomes(store, photo, "reading")  # a hand has drawn another outline since
    assert place not in reviewer.get(path).text
    becomes(store, photo, "ready")
    read(store, photo, {"name": sure(WANG.name)}, run=2, turn=90)
    page = reviewer.get(path).text
    assert place not in page and row(page, "姓名").endswith("✓ 一致")


def becomes(store: Store, photo_id: str, status: str) -> None:
    with store.write() as tx:
        tx.get_one(Photo, photo_id).status = status


def test_where_nothing_was_read_the_page_says_so(reviewer: FlaskClient, store: Store) -> None:
    photo, path = photo_in(store, "id_emblem"), claim(reviewer, store)
    assert "没有从这张照片识别出文字" in slot(reviewer.get(path).text, "国徽面")
    becomes(store, photo, "reading")
    page = reviewer.get(path).text
    assert "还在识别" in slot(page, "国徽面") and "识别" not in slot(page, "签名")
    read(store, photo, {"issuer": sure("样本市公安局")})
    assert row(reviewer.get(path).text, "签发机关").endswith("✓ 一致")


def slot(page: str, label: str) -> str:
    """The part of the page that shows this photograph."""
    found = re.findall(r'<section class="slot" aria-label="([^"]+)">(.*?)</section>', page, re.S)
    return next(text for name, text in found if label in name)


def test_sealed_records_are_opened_of_the_photographs_that_count_alone(
    reviewer: FlaskClient, line: Line, store: Store
) -> None:
    """The control: the same damage at the photograph that counts breaks the page."""
    counts = photo_in(store, "id_portrait")
    path = claim(reviewer, store)
    with store.write() as tx:
        old = tx.get_one(Photo, counts)
        copied = {name: getattr(old, name) for name in ("case_id", "slot", "original", "upright", "crop", "by", "at")}
        tx.add(Photo(id="0" * 32, status="ready", **copied))
    for photo in ("0" * 32, counts):
        read(store, photo, {"name": sure(WANG.name)})
    damage(store, "0" * 32)
    assert reviewer.get(path).status_code == 200
    damage(store, counts)
    assert reviewer.get(path).status_code == 500


def damage(store: Store, photo_id: str) -> None:
    with store.write() as tx:
        tx.scalars(select(PhotoRecord).where(PhotoRecord.photo_id == photo_id)).one().body = b"not sealed"
