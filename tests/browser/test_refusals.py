"""Refusals where people meet them: a sentence that says what to do, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.screens.investor import BUSINESS, Investor
from tests.browser.line import to_basic_data, to_certificate, to_photos
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MEGABYTE = 1024 * 1024


def test_a_wrong_picture_code_keeps_what_was_typed(page: Page, town: Town) -> None:
    who = town.somebody()
    me = Investor(page, town.product.address).opens(f"/sign-in/{BUSINESS}")
    page.locator("input[name=id_number]").fill(who.file.id_number)
    page.locator("input[name=picture]").fill("0000")
    page.locator("button.button[name=action][value=code]").click()
    me.is_refused("图形验证码不正确或已过期")
    expect(page.locator("input[name=id_number]")).to_have_value(who.file.id_number)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("notes.jpg", b"these are words, not a picture", "不是能识别的照片"),
        ("huge.jpg", b"\xff\xd8\xff" + b"0" * 20 * MEGABYTE, "超过 20 MB"),
        ("empty.jpg", b"", "空的"),
    ],
)
def test_a_file_that_is_no_photograph(
    name: str, data: bytes, said: str, page: Page, town: Town, tmp_path: Path
) -> None:
    me = to_photos(town, page, town.somebody(photos_on_file=False))
    path = tmp_path / name
    path.write_bytes(data)
    me.uploads("id_portrait", path)
    expect(me.slot("id_portrait")).to_contain_text(said)
    expect(me.slot("id_portrait").locator(".slot-head .state").first).to_contain_text("未上传")


def test_cards_that_may_not_be_handed_in(page: Page, town: Town) -> None:
    who = town.somebody()
    me = to_basic_data(town, page, who).goes_on().sees("银行卡")
    me.submits_cards().is_refused("没有任何变更")
    me.deletes_first_card().goes_on().is_refused("至少保留一张")
    expect(page.locator("input[name='cards.remove']")).to_be_checked()
    page.locator("input[name='cards.remove']").uncheck()
    card = who.new_card
    me.adds_card(type(card)("ICBC", card.outlet, card.number, card.photo)).goes_on().is_refused()
    expect(page.locator("input[name$='.outlet']")).to_have_value(card.outlet)
    page.route("**/draft", lambda route: route.abort())
    page.locator("input[name$='.outlet']").fill("样例市另一支行")
    expect(page.locator(".draft-state")).to_contain_text("草稿暂时没有存上。您写的还在本页，请不要关闭")


def test_a_detection_that_does_not_get_through_is_not_called_no_certificate(page: Page, town: Town) -> None:
    page.route("**/challenge/detect", lambda route: route.abort(), times=1)
    me = to_certificate(town, page, town.somebody())
    expect(page.locator("[data-state=failed]")).to_contain_text("不表示没有证书")
    expect(page.locator("[data-state=none]")).to_be_hidden()
    me.presses("重新检测").detects_certificate().sees("签署协议")
