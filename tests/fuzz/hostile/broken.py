"""Files cut off at each place of their structure, whose parts lie about each other, and modes that few write."""

from __future__ import annotations

from PIL import Image

from tests.fuzz.hostile.pieces import (
    TAKEN,
    TYPE,
    UNREADABLE,
    Recipe,
    box,
    chunk,
    drawing,
    frame,
    heic,
    jpeg_with,
    png,
    png_with,
    recipe,
    saved,
    segment,
)


def until(data: bytes, mark: bytes, more: int = 0) -> bytes:
    """The file up to the last such mark, and a few bytes of what follows."""
    return data[: data.rindex(mark) + more]


def lying_orientation(value: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = value
    return saved("JPEG", exif=exif)


def arithmetic() -> bytes:
    """The header says arithmetic coding (SOF9), which decoders here do not have, or not for these bytes."""
    data = bytearray(saved("JPEG"))
    data[frame(bytes(data)) + 1] = 0xC9
    return bytes(data)


def lossless_jpeg() -> bytes:
    data = bytearray(saved("JPEG"))
    data[frame(bytes(data)) + 1] = 0xC3
    return bytes(data)


def two_pictures() -> bytes:
    return saved("MPO", drawing(), save_all=True, append_images=[Image.new("RGB", (240, 160), "white")])


def heic_of_boxes(depth: int) -> bytes:
    """Boxes in boxes in boxes."""
    inner = b""
    for _ in range(depth):
        inner = box(b"meta", bytes(4) + inner)
    return box(b"ftyp", b"heic\0\0\0\0mif1heic") + inner


def sixteen_bits() -> bytes:
    return saved("PNG", Image.new("I;16", (96, 96), 40_000))


def palette_too_short() -> bytes:
    return png(96, 96, (b"\0" + bytes(range(96))) * 96, chunk(b"PLTE", bytes(9)), colour=3)


RECIPES: dict[str, Recipe] = {
    "jpeg: cut in its header": recipe(lambda: saved("JPEG")[:3], TYPE, UNREADABLE),
    "jpeg: cut in its tables": recipe(lambda: until(saved("JPEG"), b"\xff\xc4", 8), UNREADABLE, TYPE),
    "jpeg: cut before its data": recipe(lambda: until(saved("JPEG"), b"\xff\xda", 12), UNREADABLE),
    "jpeg: cut in its data": recipe(lambda: saved("JPEG")[:-300], UNREADABLE),
    "jpeg: a segment of no length": recipe(lambda: jpeg_with(b"\xff\xe1\0\0"), UNREADABLE, TYPE, TAKEN),
    "jpeg: a segment longer than the file": recipe(lambda: jpeg_with(b"\xff\xe1\xff\xff"), UNREADABLE, TYPE),
    "jpeg: arithmetic coding": recipe(arithmetic, UNREADABLE, TYPE, TAKEN),
    "jpeg: lossless coding": recipe(lossless_jpeg, UNREADABLE, TYPE),
    "jpeg: four inks": recipe(lambda: saved("JPEG", drawing(mode="CMYK")), TAKEN),
    "jpeg: turned by 9 eighths": recipe(lambda: lying_orientation(9), TAKEN),
    "jpeg: turned by 60,000": recipe(lambda: lying_orientation(60_000), TAKEN),
    "jpeg: two pictures in one file": recipe(two_pictures, TAKEN),
    "jpeg: restart markers out of order": recipe(
        lambda: saved("JPEG", restart_marker_blocks=1).replace(b"\xff\xd1", b"\xff\xd6"), TAKEN, UNREADABLE
    ),
    "png: cut in its header": recipe(lambda: saved("PNG")[:20], TYPE, UNREADABLE),
    "png: cut in its data": recipe(lambda: until(saved("PNG"), b"IDAT", 60), UNREADABLE),
    "png: without its end": recipe(lambda: until(saved("PNG"), b"IEND", -4), TAKEN, UNREADABLE),
    "png: no data at all": recipe(lambda: png(80, 80, b""), UNREADABLE),
    "png: a wrong sum": recipe(lambda: png_with().replace(b"IDAT", b"IDAT\x00", 1), UNREADABLE),
    "png: a chunk of two thousand million bytes": recipe(
        lambda: png_with(b"\x7f\xff\xff\xffteXt" + bytes(40)), UNREADABLE, TYPE, TAKEN
    ),
    "png: a palette that is too short": recipe(palette_too_short, TAKEN, UNREADABLE),
    "png: sixteen bits a pixel": recipe(sixteen_bits, TAKEN),
    "png: no height": recipe(lambda: png(80, 0, b""), UNREADABLE, TYPE),
    "webp: cut off": recipe(lambda: saved("WEBP")[:60], UNREADABLE, TYPE),
    "webp: its length is a lie": recipe(
        lambda: saved("WEBP")[:4] + b"\xff\xff\xff\x7f" + saved("WEBP")[8:], TAKEN, UNREADABLE, TYPE
    ),
    "heic: whole": recipe(heic, TAKEN),
    "heic: cut in its boxes": recipe(lambda: heic()[:200], UNREADABLE, TYPE),
    "heic: cut in its data": recipe(lambda: heic()[:-400], UNREADABLE, TAKEN),
    "heic: a thousand boxes in each other": recipe(lambda: heic_of_boxes(1000), UNREADABLE, TYPE),
    "heic: a head and nothing else": recipe(lambda: box(b"ftyp", b"heic\0\0\0\0mif1heic"), UNREADABLE, TYPE),
}
RECIPES["jpeg: an EXIF segment of rubbish"] = recipe(lambda: jpeg_with(segment(0xE1, b"Exif\0\0" + bytes(99))), TAKEN)
