"""python -m benchmarks.photographs.costs FILE...: the CPU time of the stages beside a decode, and the memory, as JSON.

A process of its own, so that nothing but the product's pipeline counts.
"""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from PIL import Image

from workers.photos import apart, quality
from workers.photos.locate import REFINE_SIDE, Pixels, locate
from workers.photos.orient import way_up
from workers.photos.pipeline import process, rehearse
from workers.photos.priors import ID1
from workers.photos.rectify import rectify

ROUNDS = 7
READ = 3  # files: a reading takes as long as all else together
SLOT = "id_portrait"  # a slot that is asked which way up
TODAY = date(2026, 11, 29)


def main(paths: list[Path]) -> dict[str, float]:
    rehearse()
    decodes, stages, wholes = zip(*[costs_of(path.read_bytes()) for path in paths], strict=True)
    without_models = peak()
    readings = [reading_of(path.read_bytes()) for path in paths[:READ]]
    return {
        "stages": median(a / b for a, b in zip(stages, decodes, strict=True)),
        "whole": median(a / b for a, b in zip(wholes, decodes, strict=True)),
        "reading": median(a / b for a, b in zip(readings, decodes, strict=False)),
        "decode_ms": median(decodes) * 1e3,
        "stages_ms": median(stages) * 1e3,
        "whole_ms": median(wholes) * 1e3,
        "reading_ms": median(readings) * 1e3,
        "peak_mib": without_models,
    }


def costs_of(data: bytes) -> tuple[float, float, float]:
    """CPU seconds of the scaled grey decode, of the four stages, and of the way from the bytes to record and JPEGs."""
    pixels = apart.read(data).pixels
    turns = [(_spent(lambda: decode(data)), _spent(lambda: stages(pixels))) for _ in range(ROUNDS)]
    first, second = (median(each) for each in zip(*turns, strict=True))
    return first, second, _spent(lambda: process(data, SLOT, "id1"))


def reading_of(data: bytes) -> float:
    """CPU seconds of reading the text and judging again, once the models are warm."""
    from workers.photos.reading import warm
    from workers.photos.recognise import Asked, recognise

    done = process(data, SLOT, "id1")
    if done.upright is None:
        return 0.0
    upright, asked = done.upright, Asked(SLOT, TODAY, "")
    warm()
    return _spent(lambda: recognise(upright, done.crop, done.record, asked))


def decode(data: bytes) -> None:
    """Pillow's own decode to grey at the least scale that holds the finder's working size: a quarter of 4000."""
    opened = Image.open(io.BytesIO(data))
    scale = REFINE_SIDE / max(opened.size)
    opened.draft("L", (int(opened.width * scale), int(opened.height * scale)))
    opened.load()


def stages(pixels: Pixels) -> None:
    """Locate, rectify, orient, quality, of a picture as the process that decodes hands it over."""
    found = locate(pixels, ID1)
    crop = None if found is None else rectify(pixels, found.corners, ID1)
    if crop is not None:
        way_up(crop, SLOT)
    quality.measure(pixels, crop, None if found is None else found.tight)


def _spent(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def peak() -> float:
    """The most memory that this process has held, in MiB (Linux)."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(main([Path(word) for word in sys.argv[1:]])))
