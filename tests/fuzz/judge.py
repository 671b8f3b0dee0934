"""One file goes the product's own way, in a process as a worker forks it, and what became of it is measured.

The promise (I11): it is taken or refused, in under two seconds of work (HEIC: four) and 300 MiB above the idle worker,
and what is kept to be served is a JPEG of the pixels alone.
"""

from __future__ import annotations

import faulthandler
import json
import os
import resource
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.fuzz.hostile.pieces import CANARY, TAKEN
from workers import limits
from workers.photos import pipeline

SECONDS = 2.0
HEIC_SECONDS = 4.0
LOOKS = 3
"""At one that seems slow: a neighbour of the machine only ever adds to the time, so the least is the truest."""
MEMORY = 300
"""MiB in memory above the idle worker, which forked the job."""
CODES = frozenset({"file_type", "file_unreadable", "file_too_big", "too_many_pixels", "pdf_pages"})


@dataclass(frozen=True)
class Seen:
    """`outcome`: taken, or the code that refused it. `memory`: MiB that a process had above the worker, at most."""

    outcome: str
    seconds: float
    memory: int
    wrongs: tuple[str, ...]
    bound: float = SECONDS

    @property
    def slow(self) -> bool:
        return self.seconds >= self.bound

    @property
    def broken(self) -> list[str]:
        """How the promise was broken."""
        slow = [f"{self.seconds:.2f} s"] if self.slow else []
        large = [f"{self.memory} MiB"] if self.memory >= MEMORY else []
        odd = [] if self.outcome in {TAKEN, *CODES} else [f"neither taken nor refused: {self.outcome}"]
        return [*odd, *slow, *large, *self.wrongs]


def look(data: bytes, slot: str = "id_portrait", kind: str = "id1") -> Seen:
    """What the pipeline makes of a file, in a process of its own."""
    seen = _looked(data, slot, kind)
    for _ in range(LOOKS - 1):
        seen = min(seen, _looked(data, slot, kind), key=lambda one: one.seconds) if seen.slow else seen
    return seen


def _looked(data: bytes, slot: str, kind: str) -> Seen:
    idle, before = resident(), used_by_children()
    told = told_by_child(lambda: _outcome(data, slot, kind))
    most = (told.pop("most", 0) - idle) // 1024
    outcome, wrongs = told.get("outcome", "the worker died"), told.get("wrongs", [])
    bound = HEIC_SECONDS if data[4:8] == b"ftyp" else SECONDS
    return Seen(outcome, used_by_children() - before, most, tuple(wrongs), bound)


def _outcome(data: bytes, slot: str, kind: str) -> dict[str, object]:
    done = pipeline.process(data, slot, kind)
    if done.upright is None:
        return {"outcome": done.record["verdicts"][0]["code"]}  # type: ignore[index]
    served = [one for one in (done.upright, done.crop) if one is not None]
    return {"outcome": TAKEN, "wrongs": [wrong for one in served for wrong in wrong_with(one)]}


def wrong_with(served: bytes) -> list[str]:
    """What is more in these bytes than a JPEG of pixels: other segments, a tail, what the file had brought."""
    try:
        kinds, end = _segments(served)
    except (IndexError, ValueError) as wrong:
        return [f"no JPEG: {wrong}"]
    strange = [f"a segment {kind:x}" for kind in kinds if 0xE1 <= kind <= 0xEF or kind == 0xFE]
    tail = [] if end == len(served) else [f"{len(served) - end} bytes behind its end"]
    told = ["what the file had brought"] if CANARY in served or b"Exif" in served else []
    return [*strange, *tail, *told]


def _segments(jpeg: bytes) -> tuple[list[int], int]:
    """The kinds of the segments before the data, and where the picture ends."""
    if jpeg[:2] != b"\xff\xd8":
        raise ValueError("it begins otherwise")
    kinds, place = [], 2
    while jpeg[place + 1] != 0xDA:
        kinds.append(jpeg[place + 1])
        place += 2 + int.from_bytes(jpeg[place + 2 : place + 4], "big")
    return kinds, jpeg.index(b"\xff\xd9", place) + 2


def told_by_child(work: Callable[[], dict[str, object]]) -> dict[str, object]:
    """What `work` says in a forked process, with the most memory that it or a child of it had (KiB); {} if it died."""
    mine, its = os.pipe()
    child = limits.fork()
    if child == 0:
        os.close(mine)
        _tell(its, work)
    os.close(its)
    with os.fdopen(mine, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return json.loads(said) if said else {}


def _tell(pipe: int, work: Callable[[], dict[str, object]]) -> None:
    faulthandler.disable()  # a file that kills its reader is foreseen
    try:
        told = work()
    except BaseException as wrong:
        told = {"outcome": f"{type(wrong).__name__}: {wrong}"}
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    os.write(pipe, json.dumps({**told, "most": most}).encode())
    os._exit(0)


def resident() -> int:
    """KiB of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def used_by_children() -> float:
    """Seconds of work of all that was forked and has ended, with theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def warm() -> None:
    """As a worker is when it forks."""
    Image.preinit()
    pipeline.rehearse()
