"""The line of 修改结算账户 in long strides, for tests whose subject lies further on."""

from __future__ import annotations

from playwright.sync_api import Page

from cli.demonstration.screens.investor import Investor
from tests.browser.town import Someone, Town


def to_basic_data(town: Town, page: Page, who: Someone) -> Investor:
    """Signed in, photographs from the file accepted."""
    me = town.sign_in(page, who).sees("上传照片")
    me.submits_photos().sees("核对照片")
    return me.checks_photos().sees("个人基本资料")


def to_cards(town: Town, page: Page, who: Someone) -> Investor:
    return to_basic_data(town, page, who).goes_on().sees("银行卡")


def to_certificate(town: Town, page: Page, who: Someone, *, certificate: bool = True) -> Investor:
    """A new card beside the one on file; the certificate in this browser, if he has one."""
    me = to_cards(town, page, who)
    if certificate:
        town.put_certificate_into(page, who)
    me.adds_card(who.new_card).submits_cards().sees("使用提示")
    return me.ticks("read").goes_on().sees("证书检测")


def to_signing(town: Town, page: Page, who: Someone) -> Investor:
    return to_certificate(town, page, who).detects_certificate().sees("签署协议")


def to_review(town: Town, page: Page, who: Someone) -> Investor:
    return to_signing(town, page, who).signs().sees("已提交，等待复核")
