"""The page of the line is told what is new by a stream and asks for nothing; without one it asks every five seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.product import Product
from cli.running import read
from engine.changes import nobody
from tests.browser.head_start import HeadStart
from tests.browser.line import to_line
from tests.browser.town import Town
from workers.telling import teller

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video"), pytest.mark.usefixtures("empty_line")]


@pytest.fixture(autouse=True)
def head_starts_are_told(product: Product, town: Town) -> Iterator[None]:
    """What the tests do past the pages is told as the product's own parts tell it."""
    running = read(product.place.running)
    assert running is not None
    town.store.tell = teller(running.queue)
    yield
    town.store.tell = nobody


EVENTS = "**/cases/*/events*"


@pytest.fixture
def asked(page: Page) -> list[str]:
    """What the page asks for by itself."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if of_the_line(one) else None)
    return asked


def of_the_line(one: Request) -> bool:
    return one.url.endswith("/line/beat")


def test_who_joins_and_who_is_called_is_told_while_no_clock_moves(
    page: Page, town: Town, verifier: Desk, asked: list[str]
) -> None:
    """The clock of the window stands still: nothing that the page does every few seconds happens."""
    me = to_line(town, page, town.somebody())
    expect(page.locator("#standing")).to_contain_text("1 人（含您本人）")
    HeadStart(town, town.somebody()).to_line()
    expect(page.locator("#standing")).to_contain_text("2 人（含您本人）")
    assert asked == []
    verifier.calls_next()
    me.sees("视频验证人员正在接通")
    assert len(asked) == 1


@pytest.mark.parametrize("away", [lambda route: route.fulfill(status=204), lambda route: route.abort()])
def test_without_a_stream_the_page_asks(page: Page, town: Town, away: Callable[..., None]) -> None:
    """The control of both: beyond the cap, and where a proxy does not let streams through."""
    page.route(EVENTS, away)
    to_line(town, page, town.somebody())
    HeadStart(town, town.somebody()).to_line()
    expect(page.locator("#standing")).to_contain_text("1 人（含您本人）")
    page.clock.fast_forward(6_000)
    expect(page.locator("#standing")).to_contain_text("2 人（含您本人）")
