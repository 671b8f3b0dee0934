"""Without a certificate: the line, the verifier, the booking; two who want one caller; who gives up in the middle."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.investor import Investor
from tests.browser.conftest import Windows
from tests.browser.head_start import HeadStart
from tests.browser.line import gives_up, to_line, to_video
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video"), pytest.mark.usefixtures("empty_line")]

TELLS = """() => addEventListener("htmx:beforeRequest", (event) => Promise.resolve().then(
  () => console.log(event.defaultPrevented ? "is kept from asking" : "asks")), { once: true })"""
"""Whether the page may ask when it first wishes to. By the console: nothing is evaluated in a page that goes."""
LINE_ASKS, LIST_ASKS = 60_000, 10_000  # milliseconds; the line asks by itself only where its stream tells nothing


def test_an_investor_without_a_certificate_comes_to_the_end(
    page: Page, new_window: Windows, reviewer: Desk, town: Town
) -> None:
    who = town.somebody()
    both = town.desk(new_window(), town.colleague("both.bj", "何双", "verifier", "reviewer"))
    me = to_video(town, page, who)
    case_id, number = me.case_id, town.number_of(me.case_id)
    me.queues().sees("排队中：第 1 位").reads("1 人（含您本人）")
    expect(page).to_have_title("排队中：第 1 位 - 样例期货有限公司")
    both.calls_next().reads(who.file.name).reads("银行卡")
    page.clock.fast_forward(LINE_ASKS)
    me.sees("视频验证人员正在接通")
    both.ticks_all().decides().reads("已提交")
    page.clock.fast_forward(LINE_ASKS)
    me.sees("视频已通过").goes_on().sees("再次检测证书").goes_on()
    me.sees("安装数字证书").installs_certificate()
    me.sees("签署协议").signs().sees("已提交，等待复核")
    both.opens_case(number).reads("这一步须由另一位同事办理")
    reviewer.opens_case(number).claims().reads("签名有效").passes()
    me.opens(f"/cases/{case_id}").sees("办理成功")


def test_a_booking_is_made_changed_and_given_back(page: Page, town: Town) -> None:
    me = to_video(town, page, town.somebody()).presses("预约视频").sees("预约视频")
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
    to_line(town, page, town.somebody()).presses("取消排队").sees("视频验证").reads("已取消排队")


def test_who_leaves_reads_so_although_the_page_learns_of_it_first(page: Page, town: Town) -> None:
    """The stream is faster than the answer to the form: going there by itself would lose what is said on arrival."""
    me = to_line(town, page, town.somebody()).reads("不到 1 分钟")
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/line/leave", lambda route: held.append((route, route.fetch(max_redirects=0))))
    page.evaluate(TELLS)
    with page.expect_console_message(lambda said: "ask" in said.text) as said:
        me.presses("取消排队")
    assert said.value.text == "is kept from asking"
    [(route, answer)] = held
    route.fulfill(response=answer)
    me.sees("视频验证").reads("已取消排队")


def test_what_asks_again_by_itself_takes_nothing_out_of_ones_hand(page: Page, town: Town) -> None:
    to_line(town, page, town.somebody()).reads("不到 1 分钟")
    button = page.get_by_role("button", name="取消排队")
    page_asks_again(page)
    button.focus()
    button.evaluate("one => { one.isTheSame = true; }")
    page_asks_again(page)
    assert button.evaluate("one => one.isTheSame"), "nothing has changed: nothing is put in"
    expect(button).to_be_focused()
    HeadStart(town, town.somebody()).to_line()
    page_asks_again(page)
    expect(page.locator("#standing")).to_contain_text("2 人（含您本人）")
    expect(button).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("排队中：第 1 位")


def page_asks_again(page: Page) -> None:
    """The page of the line, now and not in five seconds; what it is told is in its place then."""
    page.evaluate("() => { window.asked = new Promise((done) => addEventListener('htmx:afterOnLoad', done)); }")
    page.clock.fast_forward(LINE_ASKS)
    page.evaluate("() => window.asked.then(() => true)")


def test_two_verifiers_press_at_once_and_one_has_the_caller(
    page: Page, verifier: Desk, new_window: Windows, town: Town
) -> None:
    other = town.desk(new_window(), town.colleague("verifier2", "何再见", "verifier"))
    me = to_line(town, page, town.somebody())
    desks = [verifier.sees_queue(), other.sees_queue()]
    for desk in desks:
        desk.page.evaluate("setTimeout(() => document.querySelector('button[data-key=n]').click(), 200)")
    for desk in desks:
        expect(desk.page.locator(".desk-decision, #content .banner:visible").first).to_be_visible()
    [winner], [loser] = ([desk for desk in desks if desk.holds_a_case() is wins] for wins in (True, False))
    loser.reads("现在没有您可以接通的客户")
    me.opens(f"/cases/{me.case_id}").sees("视频验证人员正在接通")
    winner.gives_back()
    me.opens(f"/cases/{me.case_id}").sees("排队中：第 1 位")


def in_line(me: Investor, desk: Desk) -> None:
    me.queues().sees("排队中：第 1 位")


def in_call(me: Investor, desk: Desk) -> None:
    in_line(me, desk)
    desk.calls_next()


def booked(me: Investor, desk: Desk) -> None:
    me.books().sees("等待预约时段")


@pytest.mark.parametrize(("state", "comes_there"), [("排队中", in_line), ("视频中", in_call), ("已预约", booked)])
def test_giving_up_in_the_middle(
    page: Page, verifier: Desk, town: Town, state: str, comes_there: Callable[[Investor, Desk], None]
) -> None:
    me = to_video(town, page, town.somebody())
    number = town.number_of(me.case_id)
    comes_there(me, verifier)
    gives_up(me.opens("/my").finds_pending(state))
    if comes_there is in_call:
        verifier.page.clock.fast_forward(LIST_ASKS)
        verifier.reads("资料已收起").reads("客户已放弃这项业务")
    verifier.sees_queue()
    expect(verifier.page.locator("#queue")).not_to_contain_text(number)
