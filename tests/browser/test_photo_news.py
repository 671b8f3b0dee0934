"""The card of a photograph is told by the case's stream when to ask; without a stream it asks by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request

from cli.demonstration.screens.investor import SLOTS
from tests.browser.test_outline import SLOT, at_the_photographs
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
EVENTS = "**/cases/*/events*"
WORDS = 4
"""What a photograph is told of: how things are, that it came, that it was cut out, that it was read."""


@pytest.fixture
def heard(page: Page) -> list[str]:
    """The streams that the page opens."""
    opened: list[str] = []
    page.on("response", lambda one: opened.append(one.url) if "/events" in one.url and one.status == 200 else None)
    return opened


@pytest.fixture
def asked(page: Page) -> list[str]:
    """What the card asks for."""
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if of_the_card(one) else None)
    return asked


def of_the_card(one: Request) -> bool:
    return one.method == "GET" and f"/photos/{SLOT}?" in one.url


def test_a_photograph_is_told_of_and_asked_for_once_a_word(
    page: Page, town: Town, heard: list[str], asked: list[str]
) -> None:
    who = town.somebody()
    me = at_the_photographs(town, page, who).waits_for(*SLOTS)
    before = len(asked)
    with page.expect_response(lambda one: "/events" in one.url and one.status == 200):
        me.uploads(SLOT, who.photo(SLOT))
    me.waits_for(SLOT)
    assert heard and 0 < len(asked) - before <= 2 * WORDS


@pytest.mark.parametrize("away", [lambda route: route.fulfill(status=204), lambda route: route.abort()])
def test_without_a_stream_the_card_asks_by_itself(page: Page, town: Town, away: Callable[..., None]) -> None:
    """The control of both: beyond the cap, and where a proxy does not let streams through."""
    page.route(EVENTS, away)
    who = town.somebody()
    me = at_the_photographs(town, page, who)
    with page.expect_response(lambda one: of_the_card(one.request) and one.status == 200):
        me.uploads(SLOT, who.photo(SLOT))
