"""What each of the two does on his own side of a call: mutes, takes another microphone, opens a second window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cli.demonstration.screens.browser import WHOLE
from tests.browser.call_of_two import Call, called
from tests.browser.connection_of import KEPT, loudness, made
from tests.browser.film_of import film_of
from tests.browser.patience import until
from tests.browser.town import Town
from tests.browser.two_browsers import Pair, both_browsers, page_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video"), pytest.mark.usefixtures("empty_line")]

HEARD, SILENCE = 0.01, 0.001
WAKE = """
const ask = WakeLock.prototype.request;
window.locks = [];
WakeLock.prototype.request = async function (kind) {
  const lock = await ask.call(this, kind);
  window.locks.push(lock);
  return lock;
};
"""
IN_USE = """
(kind) => {
  const tracks = document.querySelector("[data-own]").srcObject.getTracks();
  return tracks.find((one) => one.kind === kind)?.getSettings().deviceId;
}
"""
AWAKE = "window.locks.filter((one) => !one.released).length"


@pytest.fixture(scope="module")
def whole(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, Browser]]:
    """Browsers that keep a screen awake."""
    with both_browsers(chrome.browser_type, tmp_path_factory.mktemp("devices"), WHOLE) as both:
        yield both


@pytest.fixture
def both(whole: tuple[Browser, Browser]) -> Iterator[Pair]:
    with page_of(whole[0]) as customer, page_of(whole[1]) as verifier:
        customer.context.add_init_script(KEPT + WAKE)
        verifier.context.add_init_script(KEPT)
        yield Pair(customer, verifier)


def test_who_mutes_is_not_heard_and_another_microphone_takes_its_place_in_the_same_connection(
    town: Town, both: Pair
) -> None:
    call = called(town, both)
    assert both.customer.evaluate(AWAKE) == 0, "a screen may go dark before the call"
    call.agrees().stands()
    until(lambda: both.customer.evaluate(AWAKE) == 1)
    before = [made(page) for page in (both.customer, both.verifier)]
    for here, there in ((both.customer, both.verifier), (both.verifier, both.customer)):
        until(lambda: loudness(there) > HEARD)  # noqa: B023  asked at once
        mutes_and_takes_another_microphone(here, there)
    assert [made(page) for page in (both.customer, both.verifier)] == before
    call.desk.breaks_off().reads("已提交")


def mutes_and_takes_another_microphone(here: Page, there: Page) -> None:
    here.get_by_role("button", name="静音", exact=True).click()
    until(lambda: loudness(there) < SILENCE)
    takes_another(here, "[data-microphones]", "audio")
    assert loudness(there) < SILENCE, "muted as before"
    here.get_by_role("button", name="取消静音").click()
    until(lambda: loudness(there) > HEARD)


def takes_another(here: Page, select: str, kind: str) -> None:
    """By the list of devices, until the page has it."""
    before = here.evaluate(IN_USE, kind)
    devices = here.locator("[data-devices]")
    if devices.get_attribute("open") is None:
        devices.locator("summary").click()
    names = here.locator(f"{select} option").evaluate_all("all => all.map(one => one.value)")
    other = next(one for one in names if one != before)
    here.locator(select).select_option(other)
    until(lambda: here.evaluate(IN_USE, kind) == other)


def test_a_second_window_takes_the_call_over_and_the_first_asks_to_stay_while_something_is_unsent(
    town: Town, both: Pair
) -> None:
    call = called(town, both).agrees().stands()
    first = both.verifier
    first.get_by_role("button", name="静音", exact=True).click()  # a page that nobody has touched may not ask
    first.route("**/chunks/*", lambda route: route.abort())
    expect(first.locator("[data-unsent]")).to_contain_text("段没有上传")
    both.verifier = call.desk.page = another_window(first)
    call.stands()
    expect(first.locator("#call [data-said]")).to_have_text("通话已在另一个窗口打开，这里已停止。")
    with first.expect_event("dialog") as asked:
        first.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()
    first.unroute("**/chunks/*")
    expect(first.locator("[data-unsent]")).to_be_empty()
    with first.expect_event("close"):  # the control: nothing is unsent, nothing is asked
        first.close(run_before_unload=True)
    customer_goes_on_in_another_window(call)
    call.desk.breaks_off().reads("已提交")
    assert film_of(town, call.case_id).parts == 2


def customer_goes_on_in_another_window(call: Call) -> None:
    first = call.two.customer
    assert first.evaluate(AWAKE) == 1
    call.two.customer = another_window(first)
    call.stands()
    expect(first.get_by_role("heading", level=1)).to_have_text("通话已在另一个窗口打开")
    expect(first.locator("#call [data-said]")).to_contain_text("请刷新此页")
    until(lambda: first.evaluate(AWAKE) == 0)
    call.customer_reads("正在与视频验证人员通话")


def another_window(page: Page) -> Page:
    second = page.context.new_page()
    second.goto(page.url)
    return second
