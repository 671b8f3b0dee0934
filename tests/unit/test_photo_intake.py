"""What an uploaded file may be, and that nothing else harms."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image, ImageOps

from workers.photos import intake
from workers.photos.pipeline import process

HEIC = Path(__file__).parent / "pictures" / "plain.heic"


def encoded(kind: str, size: tuple[int, int] = (400, 300), **options: object) -> bytes:
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    picture.paste((30, 90, 160), (10, 10, size[0] // 2, size[1] // 4))
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """The header of a huge PNG with next to nothing behind it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_takes_the_formats_that_phones_and_browsers_make(kind: str) -> None:
    taken = intake.read(encoded(kind))
    assert (taken.format, taken.picture.mode, taken.picture.size) == (kind, "RGB", (400, 300))


def test_takes_the_format_of_iphones() -> None:
    taken = intake.read(HEIC.read_bytes())
    assert (taken.format, taken.picture.size) == ("HEIC", (160, 120))
    assert taken.picture.getpixel((50, 40))[2] > 120  # the blue patch


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_type"),
        (b"%PDF-1.7 no picture", "file_unreadable"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "file_type"),
        (encoded("GIF"), "file_type"),
        (encoded("BMP"), "file_type"),
        (encoded("TIFF"), "file_type"),
        (encoded("JPEG")[:2000], "file_unreadable"),
        (encoded("JPEG", (40, 30)), "file_unreadable"),
        (b"\xff" * (intake.MAX_BYTES + 1), "file_too_big"),
        (png_of(7000, 7000), "too_many_pixels"),  # 49 Mpx: below Pillow's own limit
        (png_of(10_000, 10_000), "too_many_pixels"),  # only a warning to Pillow
        (png_of(30_000, 30_000), "too_many_pixels"),
    ],
    ids=[
        "nothing", "svg", "pdf", "postscript", "gif", "bmp", "tiff", "half a jpeg", "too small", "over 20 MB",
        "49 Mpx", "100 Mpx", "900 Mpx",
    ],
)  # fmt: skip
def test_refuses_by_a_code(data: bytes, code: str) -> None:
    with pytest.raises(intake.Unreadable) as refused:
        intake.read(data)
    assert refused.value.code == code


def test_a_refused_file_is_a_verdict_that_asks_for_another_picture() -> None:
    done = process(b"no picture", "id_portrait", "id1")
    assert done.upright is None
    assert done.crop is None
    assert done.record["action"] == "refuse"
    assert [one["level"] for one in done.record["verdicts"]] == ["block"]


@pytest.mark.parametrize(("orientation", "size"), [(1, (400, 300)), (3, (400, 300)), (6, (300, 400)), (8, (300, 400))])
def test_turns_upright_by_exif(orientation: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    taken = intake.read(encoded("JPEG", exif=exif))
    assert (taken.picture.size, taken.full_size) == (size, size)


def test_what_is_kept_carries_no_exif_and_no_tail() -> None:
    exif = Image.Exif()
    exif[0x010F] = "CANARY-MAKER"
    given = encoded("JPEG", exif=exif) + b"<script>alert(1)</script>"
    assert b"CANARY" in given
    kept = process(given, "id_portrait", "id1").upright
    assert b"CANARY" not in kept
    assert b"script" not in kept
    assert Image.open(io.BytesIO(kept)).getexif() == {}


def test_large_pictures_are_worked_on_at_2400_pixels() -> None:
    taken = intake.read(encoded("JPEG", (3600, 2700)))
    assert (taken.picture.size, taken.full_size) == ((2400, 1800), (3600, 2700))


@pytest.mark.parametrize(
    ("size", "worked_on"),
    [((4000, 3000), (2000, 1500)), ((3000, 4000), (1500, 2000)), ((4624, 3468), (2312, 1734)), ((3998, 2998), None)],
)
def test_a_jpeg_with_pixels_enough_is_halved_while_it_is_decoded(
    size: tuple[int, int], worked_on: tuple[int, int] | None
) -> None:
    """The control is the last: its half would be too little, so that it is scaled to what others have."""
    assert intake.read(encoded("JPEG", size)).picture.size == (worked_on or (2400, 1799))


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "1", "I;16", "RGBA", "LA"])
def test_what_is_scaled_keeps_fine_lines_as_grey_in_every_mode(mode: str) -> None:
    """Of a palette Pillow would take every second pixel: fine print would be white, or black."""
    lines = Image.new("1", (4800, 80))
    for x in range(0, 4800, 2):
        lines.paste(1, (x, 0, x + 1, 80))
    drawn = (
        lines.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else lines.convert(mode)
    )
    out = io.BytesIO()
    drawn.save(out, "PNG")
    taken = intake.read(out.getvalue()).picture
    assert taken.width == 2400
    assert all(100 < taken.getpixel((x, 20))[0] < 155 for x in range(1000, 1010))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_way_of_holding_a_phone_comes_upright(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    held = encoded("JPEG", exif=exif)
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(held))).convert("RGB")
    assert intake.read(held).picture.tobytes() == expected.tobytes()


def test_of_several_pictures_in_one_file_the_first_is_read() -> None:
    """Some phones put a second exposure or a depth behind the photograph (MPO)."""
    first, second = (Image.new("RGB", (300, 200), colour) for colour in ("teal", "white"))
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    taken = intake.read(out.getvalue())
    assert (taken.format, taken.picture.getpixel((9, 9))[2] < 140) == ("JPEG", True)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "I;16"])
def test_any_pixel_mode_becomes_rgb(mode: str) -> None:
    picture = Image.new(mode, (100, 100))
    out = io.BytesIO()
    picture.save(out, "PNG")
    assert intake.read(out.getvalue()).picture.mode == "RGB"


def test_a_cmyk_jpeg_becomes_rgb() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (100, 100)).save(out, "JPEG")
    assert intake.read(out.getvalue()).picture.mode == "RGB"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIC"])
def test_a_damaged_file_is_read_or_refused_never_an_error(kind: str) -> None:
    whole = HEIC.read_bytes() if kind == "HEIC" else encoded(kind, (120, 90))
    source = random.Random(kind)
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(source.randint(1, 12)):
            data[source.randrange(len(data))] = source.randrange(256)
        if source.random() < 0.3:
            del data[source.randrange(len(data)) :]
        try:
            assert intake.read(bytes(data)).picture.mode == "RGB"
        except intake.Unreadable as refused:
            assert refused.code in {"file_type", "file_unreadable", "too_many_pixels"}


@pytest.mark.parametrize("size", [(20_000, 64), (64, 20_000)])
def test_a_picture_of_which_too_little_would_be_left_is_refused(size: tuple[int, int]) -> None:
    """Shrunk to what is worked on it would be a line, on which no filter stands."""
    with pytest.raises(intake.Unreadable, match="file_unreadable"):
        intake.read(encoded("JPEG", size))


def test_the_thinnest_picture_that_is_taken_goes_the_whole_way() -> None:
    assert [one["code"] for one in process(encoded("JPEG", (6400, 64)), "id_portrait", "id1").record["verdicts"]] == [
        "no_card"
    ]
