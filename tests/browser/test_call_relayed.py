"""A call that has no way but the relay: it stands, outlives a cut, and without the relay both read what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from cli.demonstration.screens.product import running
from tests.browser.call_of_two import called
from tests.browser.connection_of import RELAY_ONLY, way
from tests.browser.film_of import film_of
from tests.browser.patience import until
from tests.browser.test_call import browsers, call_row, chunks, two  # noqa: F401
from tests.browser.town import Town
from tests.browser.two_browsers import CUSTOMER, Pair
from tests.coturn import SECRET, Coturn, coturn
from tests.crash.harness import free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video")]

NOTED = """
new MutationObserver(() => {
  if (document.getElementById("call")?.dataset.state !== "unreachable") return;
  window.toldAfter ??= performance.now() - window.began;
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["data-state"] });
"""
"""The page notes when it said that nothing gets through, from its first connection on."""
TIMER, SLACK = 10_000, 5_000  # milliseconds: of the page, and what a busy machine adds


class Relay:
    """coturn at one address, there or not, with the secret that the product has or another."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()

    @contextmanager
    def there(self, secret: str = SECRET) -> Iterator[Coturn]:
        with coturn(self.folder, port=self.port, secret=secret) as one:
            yield one


@pytest.fixture(scope="module")
def relay(tmp_path_factory: pytest.TempPathFactory) -> Relay:
    return Relay(tmp_path_factory.mktemp("coturn"))


@pytest.fixture(scope="module")
def far_town(chrome: Browser, relay: Relay, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A product whose calls have a relay."""
    folder = tmp_path_factory.mktemp("relayed")
    data = folder / "data"
    data.mkdir()
    (data / "turn.secret").write_text(f"{SECRET}\n")
    (data / "turn.secret").chmod(0o600)
    with pytest.MonkeyPatch.context() as here:
        here.setenv("TURN_URLS", f"turn:127.0.0.1:{relay.port}?transport=udp")
        with running(data, folder / "up.log") as product:
            yield Town(product)


@pytest.fixture
def two_far(two: Pair) -> Pair:  # noqa: F811
    for page in (two.customer, two.verifier):
        page.context.add_init_script(RELAY_ONLY + NOTED)
    return two


def both_through_the_relay(pair: Pair) -> None:
    """A browser names the way a moment after the picture has come."""
    until(lambda: [way(page) for page in (pair.customer, pair.verifier)] == ["relay", "relay"])


def test_through_the_relay_alone_a_call_stands_and_goes_on_when_the_relay_was_away(
    far_town: Town, two_far: Pair, relay: Relay
) -> None:
    with relay.there():
        call = called(far_town, two_far).agrees().stands()
        both_through_the_relay(two_far)
    call.customer_reads("对方重新连接中").verifier_reads("客户重新连接中")
    away = chunks(far_town, call)
    until(lambda: chunks(far_town, call) > away + 2)
    with relay.there():
        call.stands()
        both_through_the_relay(two_far)
        back = chunks(far_town, call)
        until(lambda: chunks(far_town, call) > back + 2)
        call.desk.breaks_off().reads("已提交")
    film = film_of(far_town, call.case_id)
    assert film.parts == 1, "one recording, through the cut"
    assert film.tones[0] == pytest.approx(CUSTOMER.tone, abs=3)


def test_where_the_relay_takes_nobody_both_pages_say_so_after_ten_seconds_and_go_on_once_it_does(
    far_town: Town, two_far: Pair, relay: Relay
) -> None:
    with relay.there(secret="another-secret-than-the-product-has"):
        call = called(far_town, two_far).agrees()
        for page in (two_far.customer, two_far.verifier):
            expect(page.locator("#call")).to_have_attribute("data-state", "unreachable")
            assert TIMER <= page.evaluate("window.toldAfter") < TIMER + SLACK
        call.customer_reads("请换一个网络").customer_reads("再次排队或预约视频")
        call.verifier_reads("现在连接不上客户").verifier_reads("请按“用户中断”")
        expect(call.recording).to_have_text("未开始录制")
    with relay.there():
        call.stands()  # it was the secret
        call.desk.breaks_off().reads("已提交")
    assert call_row(far_town, call.case_id).chunks > 0
