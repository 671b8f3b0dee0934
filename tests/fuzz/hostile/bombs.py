"""Files that are small and ask for much: by what their header claims, and by what they inflate to."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image

from tests.fuzz.hostile.pieces import (
    PIXELS,
    TAKEN,
    TYPE,
    UNREADABLE,
    Recipe,
    chunk,
    drawing,
    heic,
    jpeg_claiming,
    jpeg_with,
    png,
    png_with,
    recipe,
    riff,
    saved,
    segment,
)

MEGABYTE = 1024 * 1024


def deflated(megabytes: int) -> bytes:
    """So many megabytes of zeros, a thousandth of that in length."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(megabytes)) + packer.flush()


def png_of_zeros(side: int) -> bytes:
    """A whole, valid PNG of this side, one bit a pixel: 30,000 is 110 MB of rows and 900 million pixels."""
    row = b"\0" + bytes((side + 7) // 8)
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(row) for _ in range(side)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND")


def gif_claiming(side: int) -> bytes:
    data = bytearray(saved("GIF"))
    struct.pack_into("<HH", data, 6, side, side)
    return bytes(data)


def webp_claiming(side: int) -> bytes:
    """An extended WebP whose canvas is as large as the format allows."""
    canvas = struct.pack("<I", 0)[:4] + (side - 1).to_bytes(3, "little") * 2
    return riff((b"VP8X", canvas), (b"VP8 ", saved("WEBP")[20:]))


def webp_of_many_frames(frames: int) -> bytes:
    pictures = [drawing((64, 64)).rotate(turn) for turn in range(frames)]
    kept = io.BytesIO()
    pictures[0].save(kept, "WEBP", save_all=True, append_images=pictures[1:], duration=1)
    return kept.getvalue()


def png_of_many_frames(frames: int) -> bytes:
    pictures = [drawing((64, 64)).rotate(turn) for turn in range(frames)]
    kept = io.BytesIO()
    pictures[0].save(kept, "PNG", save_all=True, append_images=pictures[1:])
    return kept.getvalue()


def heic_claiming(side: int) -> bytes:
    """The item's extent (`ispe`) says another size than is coded."""
    data = bytearray(heic())
    place = data.index(b"ispe") + 8
    struct.pack_into(">II", data, place, side, side)
    return bytes(data)


def progressive_of_many_scans(scans: int) -> bytes:
    """Each scan of a progressive JPEG makes the decoder go over the whole picture again, however little it says."""
    whole = saved("JPEG", Image.new("RGB", (5000, 4000)), progressive=True)
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * scans + b"\xff\xd9"


def exif_of_loops() -> bytes:
    """A directory whose next one is itself, and a tag of four thousand million values."""
    entry = struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<HHII", 0x9286, 7, 0xFFFFFFFF, 8)
    directory = struct.pack("<H", 2) + entry + struct.pack("<I", 8)
    return b"Exif\0\0II*\0\x08\0\0\0" + directory


def icc_claiming(size: int) -> bytes:
    return b"ICC_PROFILE\0\x01\x01" + struct.pack(">I", size) + b"lcms" + bytes(120)


def itxt(megabytes: int) -> bytes:
    return chunk(b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0" + deflated(megabytes))


def zeros_behind(data: bytes, megabytes: int) -> bytes:
    return data + bytes(megabytes * MEGABYTE)


def noise_of(width: int, height: int) -> bytes:
    """An honest picture as large as the limit lets it be: the control of the others."""
    return saved("JPEG", Image.effect_noise((width // 8, height // 8), 40).resize((width, height)), quality=60)


def veil(kind: str, width: int, height: int) -> bytes:
    """The same with transparency, which costs most of all."""
    options = {"compress_level": 1} if kind == "PNG" else {"lossless": True, "method": 0, "quality": 0}
    return saved(kind, Image.new("RGBA", (width, height), (30, 90, 160, 128)), **options)


RECIPES: dict[str, Recipe] = {
    "png: 30,000 x 30,000, all of it there": recipe(lambda: png_of_zeros(30_000), PIXELS),
    "png: two thousand million wide and one high": recipe(lambda: png(2**31 - 1, 1, b""), PIXELS),
    "png: 9,000 x 9,000, below Pillow's own limit": recipe(lambda: png(9_000, 9_000, b""), PIXELS),
    "png: 400 MB in a small picture": recipe(
        lambda: png(80, 80, b"").replace(chunk(b"IDAT", zlib.compress(b"")), chunk(b"IDAT", deflated(400))),
        TAKEN,
        UNREADABLE,
    ),
    "png: a text of 300 MB": recipe(lambda: png_with(itxt(300)), TAKEN, UNREADABLE),
    "png: a profile of 300 MB": recipe(lambda: png_with(chunk(b"iCCP", b"x\0\0" + deflated(300))), TAKEN, UNREADABLE),
    "png: two thousand texts": recipe(
        lambda: png_with(*[chunk(b"zTXt", b"k\0\0" + deflated(1))] * 2000), TAKEN, UNREADABLE
    ),
    "png: forty frames": recipe(lambda: png_of_many_frames(40), TAKEN),
    "gif: 65,000 x 65,000": recipe(lambda: gif_claiming(65_000), TYPE),
    "webp: a canvas of 16,000 x 16,000": recipe(lambda: webp_claiming(16_000), PIXELS, UNREADABLE, TYPE),
    "webp: 120 frames": recipe(lambda: webp_of_many_frames(120), TAKEN),
    "heic: an extent of 60,000 x 60,000": recipe(lambda: heic_claiming(60_000), PIXELS, UNREADABLE, TYPE),
    "jpeg: 65,500 x 65,500 by the header": recipe(lambda: jpeg_claiming(65_500, 65_500), PIXELS),
    "jpeg: 6,000 x 6,000 by the header, 240 x 160 of data": recipe(
        lambda: jpeg_claiming(6_000, 6_000), TAKEN, UNREADABLE
    ),
    "jpeg: thousands of scans": recipe(lambda: progressive_of_many_scans(3_000), TAKEN, UNREADABLE),
    "jpeg: an EXIF directory that is its own next one": recipe(
        lambda: jpeg_with(segment(0xE1, exif_of_loops())), TAKEN
    ),
    "jpeg: a profile that claims 4 GB": recipe(lambda: jpeg_with(segment(0xE2, icc_claiming(2**32 - 1))), TAKEN),
    "jpeg: a hundred comments of 64 KB": recipe(lambda: jpeg_with(*[segment(0xFE, bytes(65_000))] * 100), TAKEN),
    "jpeg: 15 MB of zeros behind its end": recipe(lambda: zeros_behind(saved("JPEG"), 15), TAKEN),
    "jpeg: as many pixels as may be": recipe(lambda: noise_of(7_300, 5_470), TAKEN),
    "png: as many pixels as may be, half seen through": recipe(lambda: veil("PNG", 5_770, 4_330), TAKEN),
    "webp: as many pixels as may be, half seen through": recipe(lambda: veil("WEBP", 4_080, 3_060), TAKEN),
}
