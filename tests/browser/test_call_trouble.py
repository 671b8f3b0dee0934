"""What goes wrong in a call: no camera, a web that starts again, a customer who is sent back; each with its words."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cli.demonstration.screens.browser import another
from cli.demonstration.screens.product import Product
from tests.browser.call_of_two import Call, called
from tests.browser.film_of import film_of
from tests.browser.patience import until
from tests.browser.test_call import browsers, call_row, chunks, two  # noqa: F401
from tests.browser.town import Town
from tests.browser.two_browsers import CUSTOMER, Pair, page_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video"), pytest.mark.usefixtures("empty_line")]

NOBODY_ASKED = "--use-fake-ui-for-media-stream"
REFUSING = ("--use-fake-device-for-media-stream", "--deny-permission-prompts")


@contextmanager
def with_customer_in(browsers: tuple[Browser, Browser], *flags: str) -> Iterator[Pair]:  # noqa: F811
    """The customer's browser has these flags; the verifier's has its camera."""
    with another(browsers[0].browser_type, *flags) as odd, page_of(odd) as customer, page_of(browsers[1]) as verifier:
        yield Pair(customer, verifier)


def test_who_refuses_the_camera_reads_how_to_allow_it_and_the_verifier_why_there_is_no_picture(
    browsers: tuple[Browser, Browser],  # noqa: F811
    town: Town,
) -> None:
    with with_customer_in(browsers, *REFUSING) as both:
        call = called(town, both).agrees()
        call.customer_reads("没有使用摄像头和麦克风的权限").verifier_reads("客户没有允许使用摄像头")
        both.customer.context.grant_permissions(["camera", "microphone"])
        both.customer.get_by_role("button", name="再试一次").click()
        call.stands()


def test_who_has_no_camera_may_use_a_simulated_one_in_a_demonstration_and_everything_says_so(
    browsers: tuple[Browser, Browser],  # noqa: F811
    town: Town,
) -> None:
    with with_customer_in(browsers, NOBODY_ASKED) as both:
        call = called(town, both).agrees()
        call.customer_reads("没有找到摄像头或麦克风").verifier_reads("没有找到摄像头或麦克风")
        both.customer.get_by_role("button", name="使用模拟摄像头（演示）").click()
        call.stands().customer_reads("您使用的是模拟摄像头")
        expect(both.verifier.locator("[data-other-simulated]")).to_be_visible()
        until(lambda: call_row(town, call.case_id).simulated)


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="finds the web in /proc")
def test_a_call_outlives_a_web_that_is_killed_and_started_again(town: Town, two: Pair, product: Product) -> None:  # noqa: F811
    call = called(town, two).agrees().stands()
    before = chunks(town, call)
    for pid in web_pids(product):
        os.kill(pid, signal.SIGKILL)
    until(lambda: not product.health())
    until(lambda: product.health().get("state") == "ok", patience=180)  # it starts slowly beside browsers that encode
    until(lambda: chunks(town, call) > before + 2)
    expect(two.verifier.locator("[data-unsent]")).to_be_empty()
    expect(two.customer.locator("#call")).to_have_attribute("data-state", "talking")
    call.desk.breaks_off()
    call.me.sees("视频验证")
    film = film_of(town, call.case_id)
    assert film.parts == 1 and film.tones[0] == pytest.approx(CUSTOMER.tone, abs=3)


def test_what_gathers_while_the_web_takes_nothing_goes_in_few_pieces(town: Town, two: Pair) -> None:  # noqa: F811
    call: Call = called(town, two).agrees().stands()
    two.verifier.route("**/chunks/*", lambda route: route.abort())
    unsent = two.verifier.locator("[data-unsent]")
    expect(unsent).to_contain_text(re.compile("还有 [2-9][0-9] 段"))
    gathered, before = 20, chunks(town, call)
    two.verifier.unroute("**/chunks/*")
    expect(unsent).to_be_empty()
    assert 0 < chunks(town, call) - before < gathered
    call.desk.breaks_off().reads("已提交")
    assert film_of(town, call.case_id).parts == 1


def web_pids(product: Product) -> list[int]:
    """The processes of the web, the first of them and its workers."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"part" in words and b"web" in words and str(product.place.data).encode() in b" ".join(words):
            found.append(int(line.parent.name))
    return found


SENT_BACK = [("address_differs", "个人基本资料"), ("card_number_wrong", "银行卡")]


@pytest.mark.parametrize(("reason", "step"), SENT_BACK, ids=[step for _, step in SENT_BACK])
def test_a_rejection_from_the_call_leads_to_the_page_with_the_fault(
    town: Town,
    two: Pair,  # noqa: F811
    reason: str,
    step: str,
) -> None:
    call = called(town, two).agrees().stands()
    call.desk.rejects({reason: ""}).reads("已提交")
    call.me.sees(step)
    row = call_row(town, call.case_id)
    assert row.outcome == "reject" and row.chunks > 0


def test_a_decision_that_is_refused_does_not_stop_the_recording(town: Town, two: Pair) -> None:  # noqa: F811
    call: Call = called(town, two).agrees().stands()
    call.desk.ticks_all()
    two.verifier.locator("button[data-key=s]").click()
    expect(two.verifier.locator("#error-summary")).to_contain_text("缺少人像照片")
    expect(call.recording).to_have_class("state is-on")
    before = chunks(town, call)
    until(lambda: chunks(town, call) > before + 2)
    call.desk.breaks_off().reads("已提交")
    assert film_of(town, call.case_id).parts == 1
