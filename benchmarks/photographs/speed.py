"""What a photograph of 12 megapixels costs, as a ratio to a decode of the same file in the same run, and the memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.photographs.rows import Row

ROOT = Path(__file__).resolve().parent.parent.parent
FULL = (4000, 3000)
GRAIN, QUALITY = 5, 88  # without a sensor's grain an enlarged picture decodes faster than a phone's
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def of_speed(paths: list[Path]) -> Iterator[Row]:
    """Medians over the files, each enlarged to the size that phones take."""
    with tempfile.TemporaryDirectory(prefix="kaihu-benchmark-") as folder:
        large = [enlarged(path, Path(folder) / path.name) for path in paths]
        cost = _costs([str(path) for path in large])
    beside = f"{cost['stages_ms']:.0f} ms, decode {cost['decode_ms']:.0f} ms, {len(paths)} files of 12 MP"
    yield Row("locate, rectify, orient, quality / grey decode", cost["stages"], None, 3.2, False, "x", beside)
    yield Row("from bytes to record and JPEGs / grey decode", cost["whole"], unit="x", of=f"{cost['whole_ms']:.0f} ms")
    read = f"{cost['reading_ms']:.0f} ms"
    yield Row("reading the text and judging again / grey decode", cost["reading"], unit="x", of=read)
    yield Row("most memory of the process", cost["peak_mib"], unit="MiB")


def enlarged(path: Path, large: Path) -> Path:
    """The picture as a phone's sensor of 12 megapixels would have filed it; the same each time."""
    with Image.open(path) as opened:
        size = FULL if opened.width >= opened.height else FULL[::-1]
        picture = opened.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    drawn = np.random.default_rng(zlib.crc32(path.name.encode()))
    grain = drawn.standard_normal((size[1], size[0], 1), np.float32) * np.float32(GRAIN)
    pixels = np.clip(np.asarray(picture) + grain, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(large, "JPEG", quality=QUALITY)
    return large


def _costs(files: list[str]) -> dict[str, float]:
    line = [sys.executable, "-m", "benchmarks.photographs.costs", *files]
    done = subprocess.run(line, cwd=ROOT, env={**os.environ, **ONE_THREAD}, check=True, stdout=subprocess.PIPE)
    cost: dict[str, float] = json.loads(done.stdout)
    return cost
