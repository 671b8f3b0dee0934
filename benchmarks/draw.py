"""python3 run.py draw-photos FOLDER --count N --seed S: photographs of cards of other designs, with known corners.

The folder can be given to benchmark-photos and fit-photos; the same count and seed give the same pictures.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from PIL import Image

from benchmarks.photographs.drawn import Drawn, photograph


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    given.folder.mkdir(parents=True, exist_ok=True)
    records = {}
    for number in range(given.count):
        drawn = photograph(given.seed, number)
        name = f"{number:04d}_{drawn.condition}_{drawn.desk}.jpg".replace(" ", "-")
        Image.fromarray(drawn.pixels).save(given.folder / name, quality=drawn.quality)
        records[name] = as_record(drawn)
    (given.folder / "truth.json").write_text(json.dumps(records, indent=0), "utf-8")
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, metavar="FOLDER")
    parser.add_argument("--count", type=int, default=100, help="so many photographs [default: 100]")
    parser.add_argument("--seed", type=int, required=True)
    return parser


def as_record(drawn: Drawn) -> dict[str, object]:
    """As `truth.json` has it. The kind is no slot's: marks of a design of its own tell nothing of which way up."""
    corners = None if drawn.corners is None else drawn.corners.round(2).tolist()
    height, width = drawn.pixels.shape[:2]
    return {"corners": corners, "cond": drawn.condition, "kind": "card", "desk": drawn.desk} | {
        "width": width, "height": height,
    }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
