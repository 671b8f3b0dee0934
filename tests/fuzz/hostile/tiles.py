"""HEIC pictures that are made of tiles, as iPhones make them, written box by box around one real tile."""

from __future__ import annotations

import struct

from tests.fuzz.hostile.pieces import PIXELS, TAKEN, TYPE, UNREADABLE, Recipe, box, heic, recipe

TILE = (256, 192)


def grid(rows: int, columns: int, size: tuple[int, int] | None = None, made_of: int | None = None) -> bytes:
    """A picture of so many tiles, which all share their bytes. `size` is what it claims to be.

    `made_of`: the item that stands for the first tile in the list of them.
    """
    tiles = rows * columns
    width, height = size or (TILE[0] * columns, TILE[1] * rows)
    canvas = struct.pack(">BBBBII", 0, 1, rows - 1, columns - 1, width, height)
    coded = _inside(heic(), b"mdat")
    parts = [made_of or 1, *range(2, tiles + 1)]
    head = box(b"ftyp", b"heic" + bytes(4) + b"mif1heic")
    meta = b""
    for _ in range(2):  # the places are known when the length of the boxes before them is
        start = len(head) + len(meta) + 8
        places = [(start, len(coded))] * tiles + [(start + len(coded), len(canvas))]
        meta = _meta(parts, (width, height), places)
    return head + meta + box(b"mdat", coded + canvas)


def _meta(parts: list[int], size: tuple[int, int], places: list[tuple[int, int]]) -> bytes:
    """Items from 1: the tiles, hidden, and the picture that is made of them."""
    picture, hevc = len(places), range(1, len(places))
    lies = b"".join(struct.pack(">HHIHII", at, 0, place, 1, 0, length) for at, (place, length) in enumerate(places, 1))
    items = b"".join(_item(tile, b"hvc1", hidden=1) for tile in hevc) + _item(picture, b"grid", hidden=0)
    made_of = struct.pack(f">HH{len(parts)}H", picture, len(parts), *parts)
    properties = _inside(heic(), b"ipco") + _full(b"ispe", struct.pack(">II", *size))
    uses = b"".join(struct.pack(">HBBBBB", tile, 4, 0x81, 2, 3, 4) for tile in hevc) + struct.pack(
        ">HBB", picture, 1, 5
    )
    return _full(
        b"meta",
        _full(b"hdlr", bytes(4) + b"pict" + bytes(13))
        + _full(b"iloc", b"\x44\x40" + struct.pack(">H", picture) + lies)
        + _full(b"iinf", struct.pack(">H", picture) + items)
        + _full(b"pitm", struct.pack(">H", picture))
        + _full(b"iref", box(b"dimg", made_of))
        + box(b"iprp", box(b"ipco", properties) + _full(b"ipma", struct.pack(">I", picture) + uses)),
    )


def _item(number: int, kind: bytes, hidden: int) -> bytes:
    return box(b"infe", struct.pack(">BBHHH", 2, 0, hidden, number, 0) + kind + b"\0")


def _full(name: bytes, body: bytes) -> bytes:
    """A box with a version and flags, all zero."""
    return box(name, bytes(4) + body)


def _inside(data: bytes, name: bytes) -> bytes:
    """What stands in the box of this name."""
    place = data.index(name)
    length = int.from_bytes(data[place - 4 : place], "big")
    return data[place + 4 : place - 4 + length]


RECIPES: dict[str, Recipe] = {
    "heic: four tiles": recipe(lambda: grid(2, 2), TAKEN),
    "heic: sixty thousand tiles": recipe(lambda: grid(255, 256), PIXELS, UNREADABLE, TYPE),
    "heic: five hundred tiles, 24 megapixels": recipe(lambda: grid(22, 23), TAKEN),
    "heic: sixty thousand tiles in a small picture": recipe(
        lambda: grid(255, 256, (800, 600)), TAKEN, UNREADABLE, TYPE
    ),
    "heic: fewer tiles than the picture is large": recipe(lambda: grid(1, 1, (4000, 3000)), TAKEN, UNREADABLE, TYPE),
    "heic: a picture made of itself": recipe(lambda: grid(2, 2, made_of=5), UNREADABLE, TYPE),
    "heic: tiles that are not there": recipe(lambda: grid(2, 2, made_of=77), UNREADABLE, TYPE),
}
