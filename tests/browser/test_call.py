"""A call between two browsers: seen, heard, recorded, photographed; broken off and taken up again; decided."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from engine import stills
from engine.tables import CallStill, VideoCall
from tests.browser.call_of_two import Call, called
from tests.browser.film_of import Film, film_of
from tests.browser.patience import until
from tests.browser.town import Town
from tests.browser.two_browsers import CUSTOMER, VERIFIER, Pair, both_browsers, kill_renderers, page_of

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video"), pytest.mark.usefixtures("empty_line")]

KEPT = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage).filter((one) => one !== "htmx-current-path-for-history"),
  ...await caches.keys(),
  ...(await indexedDB.databases()).map((one) => one.name),
  ...await Array.fromAsync((await navigator.storage.getDirectory()).keys()),
]"""
"""The names of everything that a page can keep in its browser; htmx notes the address that the tab shows."""
NEAR = 40
"""How far a colour may stray on its way through two codecs."""


@pytest.fixture(scope="module")
def browsers(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Browser, Browser]]:
    with both_browsers(chrome.browser_type, tmp_path_factory.mktemp("devices")) as both:
        yield both


@pytest.fixture
def two(browsers: tuple[Browser, Browser]) -> Iterator[Pair]:
    with page_of(browsers[0]) as customer, page_of(browsers[1]) as verifier:
        yield Pair(customer, verifier)


def test_a_call_is_seen_heard_recorded_photographed_and_passed(town: Town, two: Pair) -> None:
    call = called(town, two).agrees().stands()
    for kind in stills.KINDS:
        call.takes(kind)
    until(lambda: statuses(town, call.case_id) == ["ready"] * 3)
    call.desk.ticks_all().decides().reads("已提交")
    least, most = call.lasted()
    call.me.sees("视频已通过")
    film = film_of(town, call.case_id)
    assert least - 2 <= film.seconds <= most + 1
    shows_both(film)
    assert sizes(town, call.case_id) == {CUSTOMER.size}, "a still has the size of the camera, not of what was sent"
    row = call_row(town, call.case_id)
    assert (row.medium, row.outcome, row.simulated) == ("peer", "pass", False)
    assert row.consented_at and row.connected_at
    assert [page.evaluate(KEPT) for page in (two.customer, two.verifier)] == [[], []], "nothing is left in a browser"


def shows_both(film: Film) -> None:
    assert film.tones == (pytest.approx(CUSTOMER.tone, abs=3), pytest.approx(VERIFIER.tone, abs=3))
    for seen, side in zip(film.sides, (CUSTOMER, VERIFIER), strict=True):
        assert seen == pytest.approx(side.colour, abs=NEAR)
    assert 0.005 < film.written < 0.5 and film.ticks > 0.0003, "time and number stand in the picture, and time goes on"


def statuses(town: Town, case_id: str) -> list[str]:
    return [row.status for row in still_rows(town, case_id)]


def sizes(town: Town, case_id: str) -> set[tuple[int, int]]:
    return {(row.width, row.height) for row in still_rows(town, case_id)}


def still_rows(town: Town, case_id: str) -> list[CallStill]:
    with town.store.read() as tx:
        return list(tx.scalars(select(CallStill).where(CallStill.case_id == case_id)))


def call_row(town: Town, case_id: str) -> VideoCall:
    with town.store.read() as tx:
        return tx.scalars(select(VideoCall).where(VideoCall.case_id == case_id)).one()


def test_a_killed_page_of_the_verifier_comes_back_and_the_film_is_one(
    browsers: tuple[Browser, Browser], town: Town, two: Pair
) -> None:
    call = called(town, two).agrees().stands().runs_for(3)
    before = chunks(town, call)
    kill_renderers(browsers[1])
    call.customer_reads("对方重新连接中")
    two.verifier = two.verifier.context.new_page()
    two.verifier.goto(call.desk.address + "/desk")
    two.verifier.get_by_role("link", name="视频通话验证").first.click()
    call.stands()
    until(lambda: chunks(town, call) > before + 4)
    call.desk.page = two.verifier
    call.desk.breaks_off()
    call.me.sees("视频验证")
    film = film_of(town, call.case_id)
    assert film.parts == 2
    shows_both(film)


def chunks(town: Town, call: Call) -> int:
    return call_row(town, call.case_id).chunks


def test_a_reload_of_the_customer_asks_nothing_again(town: Town, two: Pair) -> None:
    call = called(town, two).agrees().stands()
    two.customer.reload()
    call.stands()
    call.desk.breaks_off()
    call.me.sees("视频验证")
    assert film_of(town, call.case_id).parts == 1, "the recording runs on while the customer is away"


def test_who_does_not_agree_is_not_recorded(town: Town, two: Pair) -> None:
    call = called(town, two).verifier_reads("还没有同意")
    two.customer.get_by_role("button", name="不同意录制").click()
    call.customer_reads("没有录制，就不能通过视频办理").verifier_reads("客户不同意录制")
    expect(call.recording).to_have_text("未开始录制")
    call.desk.breaks_off()
    call.me.sees("视频验证")
    assert call_row(town, call.case_id).chunks == 0


FIRST_COMES_TO_NOTHING = """
const Real = RTCPeerConnection;
window.made = 0;
window.RTCPeerConnection = class extends Real {
  constructor(wish) { super((window.made += 1) === 1 ? { ...wish, iceTransportPolicy: "relay" } : wish); }
};
"""
"""A browser whose first connection gathers no address, as one was seen to do; there is no relay here."""


def test_a_connection_that_comes_to_nothing_is_begun_anew(town: Town, two: Pair) -> None:
    two.customer.context.add_init_script(FIRST_COMES_TO_NOTHING)
    two.verifier.context.add_init_script(FIRST_COMES_TO_NOTHING)
    call = called(town, two).agrees()
    call.stands()
    assert two.customer.evaluate("window.made") > 1
    call.desk.breaks_off()
