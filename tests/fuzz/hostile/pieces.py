"""The pieces that picture files are made of, so that a recipe reads as what is wrong with the file."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PIL import Image

PNG = b"\x89PNG\r\n\x1a\n"
CANARY = b"canary-of-the-tests"
"""Stands where a file carries what nobody may be served: place, name, comment, tail."""
SCRIPT = b"<script>alert('canary-of-the-tests')</script>"
TAKEN, UNREADABLE, TYPE, PIXELS, PAGES = "taken", "file_unreadable", "file_type", "too_many_pixels", "pdf_pages"


class Recipe(NamedTuple):
    """How a file is made, and what may become of it; mostly one thing."""

    make: Callable[[], bytes]
    may: frozenset[str]


def recipe(make: Callable[[], bytes], *may: str) -> Recipe:
    return Recipe(make, frozenset(may))


def drawing(size: tuple[int, int] = (240, 160), mode: str = "RGB") -> Image.Image:
    """Something to see: a ramp with a blue patch."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.paste((30, 90, 160), (10, 10, size[0] // 2, size[1] // 2))
    return picture.convert(mode)


def saved(kind: str, picture: Image.Image | None = None, **options: object) -> bytes:
    kept = io.BytesIO()
    (picture or drawing()).save(kept, kind, **options)
    return kept.getvalue()


def heic() -> bytes:
    """A real one of 256 × 192 pixels."""
    return (Path(__file__).parent / "small.heic").read_bytes()


def chunk(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, rows: bytes, *more: bytes, depth: int = 8, colour: int = 2) -> bytes:
    """A PNG that claims a size; `rows` are what inflates, `more` whole chunks before them."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return PNG + chunk(b"IHDR", head) + b"".join(more) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND")


def png_with(*more: bytes) -> bytes:
    """A good small PNG with these chunks in it."""
    return png(80, 80, (b"\0" + bytes(range(240))) * 80, *more)


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg_with(*segments: bytes, tail: bytes = b"") -> bytes:
    """A good JPEG with these segments after its first two bytes, and something behind its end."""
    whole = saved("JPEG")
    return whole[:2] + b"".join(segments) + whole[2:] + tail


def frame(data: bytes) -> int:
    """Where a JPEG says how large it is: the place of its SOF segment."""
    place = 2
    while data[place + 1] not in (0xC0, 0xC1, 0xC2):
        place += 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
    return place


def jpeg_claiming(width: int, height: int, data: bytes | None = None) -> bytes:
    """A JPEG whose header claims another size than it has."""
    whole = bytearray(data or saved("JPEG"))
    struct.pack_into(">HH", whole, frame(bytes(whole)) + 5, height, width)
    return bytes(whole)


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    body = b"".join(name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body
