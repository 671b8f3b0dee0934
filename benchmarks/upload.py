"""python3 run.py benchmark-upload: from choosing a photograph to its verdict on the page of a running product.

The verdict is there when the card shows the cut-out; the text is read after that, and told apart. Beside them stands
what the server's own clock says: from the upload as it is kept until it was looked at.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from PIL import Image
from playwright.sync_api import Page
from sqlalchemy.orm import Session

from benchmarks.looked_at import seconds_of_newest
from benchmarks.table import Line, load, spread
from cli.demonstration.people import INVESTORS
from cli.demonstration.pictures import path_of
from cli.demonstration.screens.browser import browser, window
from cli.demonstration.screens.investor import Investor
from cli.demonstration.screens.product import Product, running
from engine.store import connect

SLOT, GOAL = "id_portrait", 2.0
PERSON = INVESTORS[0]
FULL = (4000, 3000)
WATCH = """() => new Promise((told) => {
  const seen = {};
  const start = performance.now();
  const since = () => (performance.now() - start) / 1000;
  const look = () => {
    const words = document.querySelector("#slot-id_portrait-state .slot-head").textContent;
    if (words.includes("正在切边")) seen.kept ??= since();
    else if (seen.kept !== undefined) seen.verdict ??= since();
    if (seen.verdict !== undefined && !words.includes("正在")) told({ ...seen, text: since() });
    else requestAnimationFrame(look);
  };
  look();
})"""


@dataclass(frozen=True)
class Took:
    """Seconds of one upload as the page saw them; `looked_at` those of its job, as the server did."""

    kept: float
    verdict: float
    text: float
    looked_at: float


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    print(f"load {load()}, {given.count} uploads each")
    with tempfile.TemporaryDirectory(prefix="kaihu-") as folder:
        files = {"2 megapixels": path_of(PERSON, SLOT), "12 megapixels": enlarged(Path(folder))}
        with running(Path(folder) / "data", Path(folder) / "up.log") as product, browser() as opened:
            page = window(opened).new_page()
            Investor(page, product.address).signs_in_as(PERSON.key).sees("上传照片").waits_for(SLOT)
            for name, file in files.items():
                for line in told(name, [took(page, product, file) for _ in range(given.count + 1)][1:]):
                    print(line, flush=True)
    print(f"load {load()}")
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10, help="uploads of each file after a first one [default: 10]")
    return parser


def enlarged(folder: Path) -> Path:
    """The specimen as a phone's file has it: 12 megapixels with some grain."""
    small = Image.open(path_of(PERSON, SLOT))
    grain = Image.effect_noise(FULL, 12).convert("RGB")
    Image.blend(small.resize(FULL, Image.Resampling.BICUBIC), grain, 0.06).save(folder / "large.jpg", quality=90)
    return folder / "large.jpg"


def took(page: Page, product: Product, file: Path) -> Took:
    watched = page.evaluate_handle(f"() => {{ window.watched = ({WATCH})(); }}")
    watched.dispose()
    page.locator(f"input[name=photo-{SLOT}]").set_input_files(file)
    seen = page.evaluate("() => window.watched")
    return Took(**seen, looked_at=looked_at(product))


def looked_at(product: Product) -> float:
    engine = connect(product.place.database_url)
    with Session(engine) as tx:
        seconds = seconds_of_newest(tx)
    engine.dispose()
    return seconds


def told(name: str, all_of: list[Took]) -> Iterator[Line]:
    parts = {part: [getattr(one, part) for one in all_of] for part in ("kept", "looked_at", "text")}
    beside = {part: spread(values) for part, values in parts.items()}
    yield Line(
        f"{name}: upload to verdict, median",
        median(one.verdict for one in all_of),
        GOAL,
        "s",
        is_shape=False,
        beside=beside,
    )


if __name__ == "__main__":
    sys.exit(main())
