"""Without a certificate: the line, the verifier, what he sends back, the booking, installation, signature, review."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from cli.demonstration.people import BEIJING
from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.investor import Investor
from cli.demonstration.screens.product import Product
from engine.actors import SYSTEM
from engine.cases import send_message
from engine.video_queue import LEAVE, line
from tests.browser.line import to_certificate
from tests.browser.town import Someone, Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video")]


@pytest.fixture
def verifier(new_window: Callable[..., Page], product: Product) -> Desk:
    return Desk(new_window(), product.address).signs_in_as("verifier.bj")


@pytest.fixture(autouse=True)
def nobody_is_left_in_line(town: Town) -> Iterator[None]:
    """The line is the branch's: whom a test leaves in it stands before those of the next one."""
    yield
    with town.store.read() as tx:
        waiting = [place.case_id for place in line(tx, BEIJING, town.store.clock.now())]
    for case_id in waiting:
        send_message(town.store, case_id, LEAVE, SYSTEM)


def at_video(town: Town, page: Page, who: Someone) -> Investor:
    me = to_certificate(town, page, who, certificate=False)
    me.reads("未检测到证书").goes_on().sees("未检测到证书").ticks("read").goes_on()
    return me.sees("视频验证")


def test_an_investor_without_a_certificate_comes_to_the_end(
    page: Page, verifier: Desk, reviewer: Desk, town: Town
) -> None:
    who = town.somebody()
    me = at_video(town, page, who)
    case_id = me.case_id
    me.queues().sees("排队中：第 1 位").reads("1 人（含您本人）")
    expect(page).to_have_title("排队中：第 1 位 - 样例期货有限公司")
    verifier.calls_next().reads(who.file.name).reads("银行卡")
    me.sees("视频验证人员正在接通")
    verifier.ticks_all().decides().reads("已提交")
    me.sees("视频已通过").goes_on().sees("再次检测证书").goes_on()
    me.sees("安装数字证书").installs_certificate()
    me.sees("签署协议").signs().sees("已提交，等待复核")
    reviewer.opens_case(town.number_of(case_id)).claims().reads("签名有效").passes()
    me.opens(f"/cases/{case_id}").sees("办理成功")


def test_what_the_verifier_sends_back_is_asked_again_and_the_call_after_it(
    page: Page, verifier: Desk, town: Town
) -> None:
    me = at_video(town, page, town.somebody()).queues().sees("排队中：第 1 位")
    verifier.calls_next().rejects({"address_differs": "地址请按身份证填写", "other_bank_cards": ""})
    me.sees("个人基本资料").reads("地址请按身份证填写").goes_on()
    me.sees("银行卡").reads("银行卡信息需要更正").submits_cards()
    me.sees("使用提示").ticks("read").goes_on()
    me.sees("视频验证").queues().sees("排队中：第 1 位")
    verifier.calls_next().breaks_off().reads("已提交：用户中断")
    me.sees("视频验证").reads("上次视频中断了")


def test_a_booking_is_made_changed_and_given_back(page: Page, town: Town) -> None:
    me = at_video(town, page, town.somebody()).presses("预约视频").sees("预约视频")
    free = page.locator("input[name=appointment]:enabled")
    first, second = free.nth(0).get_attribute("value"), free.nth(3).get_attribute("value")
    assert first and second
    free.nth(0).check()
    me.goes_on().sees("等待预约时段").reads(f"已预约 {first.split('.')[0]}")
    me.presses("更改预约").sees("预约视频").reads("您的预约")
    page.locator(f"input[value='{second}']").check()
    me.goes_on().sees("等待预约时段").reads(f"已预约 {second.split('.')[0]}")
    page.locator("summary", has_text="取消预约").click()
    me.presses("确认取消预约").sees("视频验证").reads("预约已取消")
    expect(page.get_by_role("button", name="查看我的预约")).to_have_count(0)


def test_who_leaves_the_line_is_back_at_the_video_page(page: Page, town: Town) -> None:
    me = at_video(town, page, town.somebody()).queues().sees("排队中：第 1 位")
    me.presses("取消排队").sees("视频验证").reads("已取消排队")


def test_two_verifiers_want_the_one_who_waits(
    page: Page, verifier: Desk, new_window: Callable[..., Page], product: Product, town: Town
) -> None:
    login = town.colleague("verifier2", "何再见", "verifier")
    other = Desk(new_window(), product.address).signs_in_as(login, panel=False)
    me = at_video(town, page, town.somebody()).queues().sees("排队中：第 1 位")
    other.sees_queue()
    verifier.calls_next().reads("决定")
    with other.page.expect_navigation():
        other.page.locator("button[data-key=n]").click()
    other.reads("现在没有您可以接通的客户")
    verifier.gives_back()
    me.sees("排队中：第 1 位").presses("取消排队").sees("视频验证")
