"""Good files, changed a little: seeded, so that a file that broke something can be made again."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from functools import cache

from PIL import Image

from tests.fuzz.hostile.bombs import png_of_many_frames
from tests.fuzz.hostile.broken import two_pictures
from tests.fuzz.hostile.documents import one_page, with_script
from tests.fuzz.hostile.pieces import drawing, heic, png_with, saved
from tests.fuzz.hostile.secrets import exif, thumbnail
from tests.fuzz.hostile.tiles import grid

Change = Callable[[random.Random, bytearray], None]
SMALL = (120, 90)
NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)


@cache
def seeds() -> dict[str, bytes]:
    """Small, so that the time goes into the readers' ways and not into pixels."""
    small = drawing(SMALL)
    return {
        "jpeg": saved("JPEG", small, exif=exif()),
        "progressive": saved("JPEG", small, progressive=True),
        "inks": saved("JPEG", small.convert("CMYK")),
        "several": two_pictures(),
        "thumbnail": saved("JPEG", small)[:2] + b"\xff\xe1" + struct.pack(">H", len(thumbnail()) + 2) + thumbnail(),
        "png": saved("PNG", small),
        "palette": saved("PNG", small.quantize(16), transparency=3),
        "sixteen": saved("PNG", Image.new("I;16", SMALL, 999)),
        "texts": png_with(),
        "frames": png_of_many_frames(3),
        "webp": saved("WEBP", small, exif=exif()),
        "lossless": saved("WEBP", small.convert("RGBA"), lossless=True),
        "heic": heic(),
        "tiles": grid(2, 2),
        "pdf": one_page(),
        "script": with_script(),
    }


def mutated(seed: int, number: int) -> tuple[str, bytes]:
    """The file of this number: what it was made from, and its bytes."""
    source = random.Random(f"{seed}/{number}")
    name = source.choice(sorted(seeds()))
    data = bytearray(seeds()[name])
    for _ in range(source.choice((1, 1, 1, 2, 4))):
        source.choice(CHANGES)(source, data)
    return name, bytes(data)


def _place(source: random.Random, data: bytearray) -> int:
    """Heads are where files say what they are: every second change is there."""
    return source.randrange(min(len(data), 400) if source.random() < 0.5 else len(data)) if data else 0


def other_byte(source: random.Random, data: bytearray) -> None:
    if data:
        data[_place(source, data)] = source.randrange(256)


def other_bit(source: random.Random, data: bytearray) -> None:
    if data:
        data[_place(source, data)] ^= 1 << source.randrange(8)


def other_number(source: random.Random, data: bytearray) -> None:
    """A length, a size or a count becomes one that programs stumble over."""
    number, form = source.choice(NUMBERS), source.choice((">H", "<H", ">I", "<I"))
    place, size = _place(source, data), struct.calcsize(form)
    data[place : place + size] = struct.pack(form, number & (256**size - 1))


def cut(source: random.Random, data: bytearray) -> None:
    del data[_place(source, data) :]


def left_out(source: random.Random, data: bytearray) -> None:
    place = _place(source, data)
    del data[place : place + source.randint(1, 64)]


def twice(source: random.Random, data: bytearray) -> None:
    place = _place(source, data)
    data[place:place] = data[place : place + source.randint(1, 512)] * source.choice((1, 1, 40))


def of_another(source: random.Random, data: bytearray) -> None:
    """A piece of another file in it, or its head on another's body."""
    other = seeds()[source.choice(sorted(seeds()))]
    place, start = _place(source, data), source.randrange(len(other))
    data[place : place + source.choice((0, 64, len(data)))] = other[start : start + 256]


def noise(source: random.Random, data: bytearray) -> None:
    place = _place(source, data)
    data[place : place + 16] = source.randbytes(16)


CHANGES: tuple[Change, ...] = (
    other_byte,
    other_byte,
    other_bit,
    other_number,
    other_number,
    cut,
    left_out,
    twice,
    of_another,
    noise,
)
