"""python3 run.py benchmark-photos --images FOLDER: how well and how fast cards are cut out, beside the usual way.

The folder holds pictures and `truth.json`: {file: {corners, cond, kind, width, height}}, corners clockwise from the
content's top left in pixels of the upright file, null where no card is, and for --read `fields`: id_number, name, sex,
nation, birth, address; issuer, valid; card_number, bank. Figures are told; none fails the run.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks.photographs import rows, texts
from benchmarks.photographs.contours import contours
from benchmarks.photographs.finders import product
from benchmarks.photographs.pictures import sheet
from benchmarks.photographs.reliability import of_confidence
from benchmarks.photographs.scores import Score, score
from benchmarks.photographs.speed import of_speed
from benchmarks.photographs.truth import Photograph, photographs
from benchmarks.table import load

LIBRARIES = ("Pillow", "numpy", "scipy", "scikit-image", "opencv-python-headless", "rapidocr", "onnxruntime")
TIMED = 9


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    print(f"{date.today()}, {machine()}, Python {platform.python_version()}, {libraries()}, load {load()}", flush=True)
    cards = photographs(given.images, given.count)
    both = scored(cards)
    print(rows.HEAD)
    tell(rows.of_cards(both))
    tell(of_confidence(both.mine))
    if given.real:
        tell(rows.of_papers(scored(photographs(given.real))))
    if not given.untimed:
        tell(of_speed([one.path for one in cards if one.is_whole][:TIMED]))
    if given.failures:
        tell_failures(failures(both.mine), given.pictures)
    if given.read:
        tell_texts(cards, given.failures)
    print(f"load {load()}")
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=Path, required=True, metavar="FOLDER", help="photographs of cards")
    parser.add_argument("--real", type=Path, metavar="FOLDER", help="photographs of paper: no card prior")
    parser.add_argument("--count", type=int, help="only so many of the images")
    parser.add_argument("--read", action="store_true", help="also what is read in them, with its cost")
    parser.add_argument("--untimed", action="store_true", help="without speed and memory")
    parser.add_argument(
        "--failures", action="store_true", help="also each whole card below IoU 0.95 and each wrong crop"
    )
    parser.add_argument("--pictures", type=Path, metavar="JPEG", help="a sheet of these failures, small")
    return parser


def machine() -> str:
    """The processor as Linux names it, with the cores that this process may use."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    named = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{len(os.sched_getaffinity(0))} cores of {named}"


def libraries() -> str:
    return ", ".join(f"{name} {version(name)}" for name in LIBRARIES)


def scored(pictures: list[Photograph]) -> rows.Both:
    mine, others = ([score(one, finder(one)) for one in pictures] for finder in (product, contours))
    return rows.Both(mine, others)


def tell(lines: Iterator[rows.Row | str]) -> None:
    for line in lines:
        print(line, flush=True)


def tell_texts(cards: list[Photograph], with_failures: bool) -> None:
    read = [texts.read(one) for one in cards]
    print(texts.HEAD)
    tell(texts.of_texts(read))
    for line in texts.failures(read) if with_failures else ():
        print(line)


def failures(scores: Iterable[Score]) -> list[Score]:
    """Each whole card below IoU 0.95, and each crop of what is no whole card."""
    return [one for one in scores if (not rows.is_good(one) if one.photograph.is_whole else one.cropped)]


def tell_failures(failed: list[Score], pictures: Path | None) -> None:
    for one in failed:
        said = " ".join((one.answer.action, *one.answer.codes))
        print(
            f"{one.photograph.path.name}: IoU {one.iou:.3f}, without margin {one.bare:.3f}, lost {one.lost:.3f}, {said}"
        )
    if pictures:
        sheet(failed, pictures)


if __name__ == "__main__":
    sys.exit(main())
