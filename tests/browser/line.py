"""The line of 修改结算账户 in long strides, for tests whose subject lies further on."""

from __future__ import annotations

from playwright.sync_api import Page

from cli.demonstration.screens.investor import Investor
from tests.browser.head_start import HeadStart
from tests.browser.town import Someone, Town


def to_basic_data(town: Town, page: Page, who: Someone) -> Investor:
    """Photographs from the file accepted; then he signs in and goes on."""
    case_id = HeadStart(town, who).to_basic_data()
    me = town.sign_in(page, who).sees("我的业务")
    return me.opens(f"/cases/{case_id}").sees("个人基本资料")


def through_photos(town: Town, page: Page, who: Someone) -> Investor:
    """The same, with the photographs on file really looked at."""
    me = town.sign_in(page, who).sees("上传照片").submits_photos()
    return me.sees("核对照片").checks_photos().sees("个人基本资料")


def to_certificate(town: Town, page: Page, who: Someone, *, certificate: bool = True) -> Investor:
    """A new card beside the one on file; the certificate in this browser, if he has one."""
    case_id = HeadStart(town, who).to_certificate()
    me = town.sign_in(page, who).sees("我的业务")
    if certificate:
        town.put_certificate_into(page, who)
    return me.opens(f"/cases/{case_id}").sees("证书检测")


def to_review(town: Town, page: Page, who: Someone) -> Investor:
    """In the reviewer's queue; nothing was really signed."""
    case_id = HeadStart(town, who).to_review().id
    return town.sign_in(page, who).sees("我的业务").opens(f"/cases/{case_id}").sees("已提交，等待复核")


def to_signed_review(town: Town, page: Page, who: Someone) -> Investor:
    """The same, with a signature that the server has checked."""
    me = to_certificate(town, page, who).detects_certificate().sees("签署协议")
    return me.signs().sees("已提交，等待复核")
