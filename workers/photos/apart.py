"""A stranger's file is read in a process of its own: what it may take is bounded, and what kills it is a refusal.

The decoders are C that is given whatever somebody sends. Here they have so much memory and so many seconds; one that
crashes, or is killed at a bound, takes nothing with it, and the file is as unreadable as a broken one.
"""

from __future__ import annotations

import json
import mmap
import os
import signal
from contextlib import suppress
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from workers import limits
from workers.photos import intake
from workers.photos.intake import Unreadable

MEMORY = 248 * 1024 * 1024
SECONDS = 1.8
"""Twice what the largest of phones' JPEGs need on a slow core; with what is done before and after, below two."""
HEIC_SECONDS = 3.4
"""Twice what 24 megapixels need, as phones take them by default: HEVC is decoded in full, whatever is needed of it."""
_HEAD = 256
_ROOM = _HEAD + 3 * intake.LONG_SIDE**2


@dataclass(frozen=True)
class Upright:
    """What `intake.read` makes of a file: RGB values (height, width, 3), and what the file itself said."""

    pixels: NDArray[np.uint8]
    full_size: tuple[int, int]
    format: str

    @property
    def size(self) -> tuple[int, int]:
        return self.pixels.shape[1], self.pixels.shape[0]

    @property
    def picture(self) -> Image.Image:
        return Image.fromarray(self.pixels)


def read(data: bytes) -> Upright:
    """The picture in the bytes, or Unreadable, at the cost of a bounded process."""
    if not hasattr(os, "fork"):
        taken = intake.read(data)
        return Upright(np.asarray(taken.picture), taken.full_size, taken.format)
    with mmap.mmap(-1, _ROOM) as room:  # shared with the child, who puts the picture there
        _done_by_a_child(data, room)
        return _found(room)


def seconds_for(data: bytes) -> float:
    """How long its decoder may work: by the first bytes, which choose the decoder too."""
    return HEIC_SECONDS if data[4:8] == b"ftyp" else SECONDS


def _done_by_a_child(data: bytes, room: mmap.mmap) -> None:
    child = limits.fork()
    if child == 0:
        _read_and_exit(data, room)
    try:
        os.waitpid(child, 0)
    except BaseException:  # the job's own time is over
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise


def _read_and_exit(data: bytes, room: mmap.mmap) -> NoReturn:
    """In the child. Whatever goes wrong here leaves the room empty."""
    with suppress(BaseException):
        limits.die_with_parent()
        limits.limit_memory(MEMORY)
        limits.limit_seconds(seconds_for(data))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what a library says of a file belongs in no log
        _put(room, data)
    os._exit(0)


def _put(room: mmap.mmap, data: bytes) -> None:
    """The head last: a head is there only when the picture is."""
    try:
        taken = intake.read(data)
    except Unreadable as refused:
        head: dict[str, object] = {"code": refused.code}
    else:
        pixels = taken.picture.tobytes()
        room[_HEAD : _HEAD + len(pixels)] = pixels
        head = {"size": taken.picture.size, "full": taken.full_size, "format": taken.format}
    written = json.dumps(head).encode()
    room[: len(written)] = written


def _found(room: mmap.mmap) -> Upright:
    written = room[:_HEAD].rstrip(b"\0")
    if not written:
        raise Unreadable("file_unreadable")
    head = json.loads(written)
    if "code" in head:
        raise Unreadable(head["code"])
    width, height = head["size"]
    pixels = np.frombuffer(room, np.uint8, 3 * width * height, _HEAD).reshape(height, width, 3).copy()
    return Upright(pixels, tuple(head["full"]), head["format"])
