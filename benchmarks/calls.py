"""python3 run.py benchmark-calls: until the two of a call see each other, and what a crash of the recording page loses.

Two Chromium processes with films for cameras, a running product, no relay: all on this machine. After some of the
calls the renderer of the verifier's page is killed while it records; what is lost is the time from the recorder's
start to the kill, less what the joined file has of it, so that the recorder's own start is part of the loss.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page
from sqlalchemy import select

from benchmarks.table import Line, load, spread
from cli.demonstration.screens.browser import browser
from cli.demonstration.screens.product import running
from engine import recordings
from engine.tables import Recording, VideoCall
from tests.browser.call_of_two import Call, called
from tests.browser.patience import until
from tests.browser.town import Town
from tests.browser.two_browsers import Pair, both_browsers, kill_renderers, page_of

GOAL = 2.0
RUNS = 5.0
"""Seconds that are recorded before the page is killed."""
WATCH = """
addEventListener("click", ({ target }) => { if (target.closest?.("[data-agree]")) window.agreed = Date.now(); }, true);
addEventListener("DOMContentLoaded", () => {
  document.querySelector("#call [data-other]")?.requestVideoFrameCallback(() => { window.seen = Date.now(); });
});
const start = MediaRecorder.prototype.start;
MediaRecorder.prototype.start = function (...wishes) {
  window.taped = Date.now();
  start.apply(this, wishes);
};
"""


@dataclass(frozen=True)
class Crash:
    """Seconds: what the recording has not, and from the load of the verifier's next page to the customer's picture."""

    lost: float
    back: float


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    print(f"load {load()}, {os.cpu_count()} cores, {given.calls} calls, {given.crashes} crashes")
    with tempfile.TemporaryDirectory(prefix="kaihu-") as folder, placed(Path(folder)) as (town, browsers):
        for line in measured(town, browsers, given.calls, given.crashes):
            print(line, flush=True)
    print(f"load {load()}")
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=10, help="calls that are begun [default: 10]")
    parser.add_argument("--crashes", type=int, default=5, help="of them end in a crash [default: 5]")
    return parser


@contextmanager
def placed(folder: Path) -> Iterator[tuple[Town, tuple[Browser, Browser]]]:
    with (
        running(folder / "data", folder / "up.log") as product,
        browser() as first,
        both_browsers(first.browser_type, folder) as both,
    ):
        yield Town(product), both


def measured(town: Town, browsers: tuple[Browser, Browser], calls: int, crashes: int) -> Iterator[Line]:
    firsts, lost, back = [], [], []
    for number in range(calls):
        with page_of(browsers[0]) as customer, page_of(browsers[1]) as verifier:
            call = begun(town, Pair(customer, verifier))
            firsts.append(until_both_see(call))
            if number < crashes:
                crash = crashed(browsers[1], call)
                lost.append(crash.lost)
                back.append(crash.back)
            else:
                call.desk.breaks_off()
    yield told("from the consent to both pictures, median", median(firsts), firsts)
    if crashes:
        yield told("lost at a crash of the verifier's page, the most", max(lost), lost)
        yield told("from the next page's load to the picture, median", median(back), back)


def told(what: str, value: float, all_of: list[float]) -> Line:
    return Line(what, value, GOAL, "s", is_shape=False, beside={f"{len(all_of)}:": spread(all_of)})


def begun(town: Town, two: Pair) -> Call:
    for page in (two.customer, two.verifier):
        page.context.add_init_script(WATCH)
    return called(town, two).agrees().stands()


def until_both_see(call: Call) -> float:
    """Seconds since the customer has agreed."""
    seen = [moment(page, "seen") for page in (call.two.customer, call.two.verifier)]
    return max(seen) - moment(call.two.customer, "agreed")


def crashed(browser: Browser, call: Call) -> Crash:
    """The verifier's page dies while it records; he opens it again, and ends the call."""
    taped = moment(call.two.verifier, "taped")
    call.runs_for(RUNS)
    at = time.time()
    kill_renderers(browser)
    call.customer_reads("对方重新连接中")
    call.two.verifier = call.desk.page = call.two.verifier.context.new_page()
    call.desk.opens("/desk")
    call.desk.page.get_by_role("link", name="视频通话验证").first.click()
    call.stands()
    loaded: float = call.desk.page.evaluate("performance.timeOrigin") / 1000
    back = moment(call.desk.page, "seen") - loaded
    call.desk.breaks_off()
    return Crash(at - taped - seconds_of_first_part(call.town, call.case_id), back)


def moment(page: Page, name: str) -> float:
    """When something happened on a page, by the clock of this machine."""
    until(lambda: page.evaluate(f"window.{name}"))
    when: float = page.evaluate(f"window.{name}")
    return when / 1000


def seconds_of_first_part(town: Town, case_id: str) -> float:
    until(lambda: joined(town, case_id))
    row = joined(town, case_id)
    assert row is not None
    return row.parts[0]["duration_ms"] / 1000


def joined(town: Town, case_id: str) -> Recording | None:
    with town.store.read() as tx:
        call = tx.scalars(select(VideoCall).where(VideoCall.case_id == case_id)).one()
        row = recordings.joined(tx, call.id)
        return row if row is not None and row.chunks == call.chunks else None


if __name__ == "__main__":
    sys.exit(main())
