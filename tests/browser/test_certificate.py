"""安装数字证书: the key stays in its browser; what another browser means is said there, and so is the way on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Windows
from tests.browser.line import to_installation
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video")]


def test_another_browser_says_that_the_certificate_is_elsewhere_and_how_to_go_on(
    page: Page, new_window: Windows, town: Town
) -> None:
    who = town.somebody()
    me = to_installation(town, page, who).installs_certificate().sees("签署协议")
    elsewhere = town.enter(new_window(), who).opens(f"/cases/{me.case_id}").sees("签署协议")
    elsewhere.signs().reads("这个浏览器里没有找到您的数字证书").sees("签署协议")
    elsewhere.goes_back().sees("证书检测").reads("安装在另一台设备或另一个浏览器里")
    elsewhere.goes_on().sees("安装数字证书").installs_certificate()
    elsewhere.sees("签署协议").signs().sees("已提交，等待复核")


def test_a_browser_that_was_cleared_is_one_without_a_certificate(page: Page, town: Town) -> None:
    me = to_installation(town, page, town.somebody()).installs_certificate().sees("签署协议")
    page.evaluate("new Promise((done) => { indexedDB.deleteDatabase('kaihu').onsuccess = done; })")
    me.signs().reads("这个浏览器里没有找到您的数字证书")
    me.goes_back().sees("证书检测")
    expect(page.locator("[data-certificate=detect] [data-state=none]")).to_be_visible()
    me.goes_on()
    me.sees("安装数字证书").installs_certificate().sees("签署协议").signs().sees("已提交，等待复核")
