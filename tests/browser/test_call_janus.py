"""The same call through Janus: seen, heard, recorded by the server, passed; and what two pages do when Janus dies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from cli.demonstration.screens.product import running
from engine import stills
from tests.browser.call_of_two import called
from tests.browser.film_of import film_of
from tests.browser.line import nobody_in_line
from tests.browser.patience import until
from tests.browser.test_call import call_row, chunks, shows_both, statuses
from tests.browser.town import Town
from tests.browser.two_browsers import Pair, both_browsers, page_of
from tests.janus import SECRET, RealJanus, janus

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealJanus]:
    with janus(tmp_path_factory.mktemp("janus")) as there:
        yield there


@pytest.fixture(scope="module")
def janus_town(server: RealJanus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A product whose calls go through Janus."""
    folder: Path = tmp_path_factory.mktemp("kaihu-janus")
    (folder / "data").mkdir(mode=0o700)
    secret = folder / "data" / "janus.secret"
    secret.touch(mode=0o600)
    secret.write_text(SECRET)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CALL_ENGINE", "janus")
        patch.setenv("JANUS_URL", server.url)
        patch.setenv("JANUS_RECORDINGS", str(server.recordings))
        with running(folder / "data", folder / "up.log") as there:
            yield Town(there)


@pytest.fixture
def two(chrome: Browser, tmp_path: Path, janus_town: Town) -> Iterator[Pair]:
    with (
        both_browsers(chrome.browser_type, tmp_path) as both,
        page_of(both[0]) as customer,
        page_of(both[1]) as verifier,
    ):
        yield Pair(customer, verifier)
    nobody_in_line(janus_town)


def test_a_call_through_janus_is_recorded_there_and_passed(janus_town: Town, two: Pair, server: RealJanus) -> None:
    town = janus_town
    call = called(town, two).agrees().stands()
    for kind in stills.KINDS:
        call.takes(kind)
    until(lambda: statuses(town, call.case_id) == ["ready"] * 3)
    call.desk.ticks_all().decides().reads("已提交")
    least, most = call.lasted()
    call.me.sees("视频已通过")
    film = film_of(town, call.case_id)
    assert least - 3 <= film.seconds <= most + 1
    shows_both(film)
    row = call_row(town, call.case_id)
    assert (row.engine, row.medium, row.outcome) == ("janus", "janus", "pass")
    until(lambda: not list(server.recordings.iterdir()))


def test_a_call_goes_on_when_janus_has_died_and_what_was_recorded_is_kept(
    janus_town: Town, two: Pair, server: RealJanus
) -> None:
    town = janus_town
    call = called(town, two).agrees().stands().runs_for(3)
    before = chunks(town, call)
    server.kill()
    call.customer_reads("对方重新连接中").verifier_reads("客户重新连接中")
    server.start()
    call.stands()
    until(lambda: chunks(town, call) > before + 8)
    call.desk.breaks_off()
    call.me.sees("视频验证")
    film = film_of(town, call.case_id)
    shows_both(film)
