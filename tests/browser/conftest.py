"""One real product and one Chromium for all browser tests; each test has its own windows and its own people."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from cli.demonstration.screens.browser import browser, chromium, window
from cli.demonstration.screens.desk import Desk
from cli.demonstration.screens.product import Product, running
from tests.browser.line import nobody_in_line
from tests.browser.town import Town

Windows = Callable[..., Page]
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """Missing in CI is a failure, elsewhere a skip."""
    if chromium() is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine")
    with browser() as opened:
        yield opened


@pytest.fixture(scope="session")
def product(chrome: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("kaihu")
    with running(folder / "data", folder / "up.log") as there:
        yield there


@pytest.fixture(scope="session")
def town(product: Product) -> Town:
    return Town(product)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A test that failed tells its windows, which then leave a picture of themselves."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed  # type: ignore[attr-defined]
    return report  # type: ignore[return-value]


@pytest.fixture
def new_window(chrome: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Windows]:
    """Opens windows of separate people. Whatever the test does, no page may break in any of them.

    What a page does every few seconds a test need not wait for: it moves the clock of the window.
    """
    opened: list[BrowserContext] = []
    broken: list[str] = []

    def open_one(**wishes: object) -> Page:
        context = window(chrome, **wishes)  # type: ignore[arg-type]
        opened.append(context)
        context.on("response", lambda answer: broken.extend(server_errors(answer)))
        context.on("weberror", lambda wrong: broken.append(f"script: {wrong.error}"))
        context.on("console", lambda said: broken.extend([said.text] if "Content Security" in said.text else []))
        context.clock.install()
        return context.new_page()

    yield open_one
    for number, context in enumerate(opened):
        if request.node.stash.get(FAILED, False):
            leave_pictures(context, tmp_path, number)
        context.close()
    assert not broken, broken


@pytest.fixture
def page(new_window: Windows) -> Page:
    return new_window()


@pytest.fixture
def reviewer(new_window: Windows, town: Town) -> Desk:
    """The reviewer of the Beijing branch, signed in."""
    return town.desk(new_window(), "reviewer.bj")


@pytest.fixture
def verifier(new_window: Windows, town: Town) -> Desk:
    """The verifier of the Beijing branch, signed in."""
    return town.desk(new_window(), "verifier.bj")


@pytest.fixture
def empty_line(town: Town) -> Iterator[None]:
    """The line is the branch's: whom a test leaves in it stands before those of the next one."""
    yield
    nobody_in_line(town)


def leave_pictures(context: BrowserContext, folder: Path, number: int) -> None:
    for place, page in enumerate(context.pages):
        path = folder / f"window-{number}-{place}.png"
        page.screenshot(path=path, full_page=True)
        print(f"{page.url} looked like {path}")


def server_errors(answer: Response) -> list[str]:
    return [f"{answer.status} {answer.request.method} {answer.url}"] if answer.status >= 500 else []
