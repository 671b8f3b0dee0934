"""Opens an uploaded file under limits and turns it upright. Never trusts the file's name or what it says of itself."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import pi_heif
from PIL import Image, UnidentifiedImageError

from workers.photos import pdf

pi_heif.register_heif_opener()
pi_heif.options.DECODE_THREADS = 1  # each further thread reserves 64 MiB of address space, and a process is bounded

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = {"JPEG": 40_000_000, "MPO": 40_000_000, "PNG": 25_000_000, "HEIF": 25_000_000, "WEBP": 12_500_000}
"""By what a picture costs while it is decoded; the bound of `apart` holds with each of them."""
LONG_SIDE = 2400
ENOUGH = 2000
"""A JPEG that its decoder halves to at least this long side is not decoded in full: a card has pixels enough."""
LEAST_SIDE = 64
NARROWEST = 100  # long side by short side: beyond it too little is left of the short one when the picture is shrunk

# What Pillow and libheif were seen to raise on broken files.
BROKEN = (OSError, SyntaxError, ValueError, RuntimeError, EOFError, KeyError, IndexError, TypeError, MemoryError)


ORIENTATION = 0x0112
_WAYS = Image.Transpose
TURNS = {
    2: _WAYS.FLIP_LEFT_RIGHT,
    3: _WAYS.ROTATE_180,
    4: _WAYS.FLIP_TOP_BOTTOM,
    5: _WAYS.TRANSPOSE,
    6: _WAYS.ROTATE_270,
    7: _WAYS.TRANSVERSE,
    8: _WAYS.ROTATE_90,
}
SIDEWAYS = (_WAYS.TRANSPOSE, _WAYS.ROTATE_270, _WAYS.TRANSVERSE, _WAYS.ROTATE_90)
NAMES = {"HEIF": "HEIC", "MPO": "JPEG"}  # of several pictures in one file (MPO) the first is read


class Unreadable(Exception):
    """The file is no picture that we take; `code` names the verdict."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Intake:
    """An upright RGB picture of at most LONG_SIDE; `full_size` is the upright size of the file itself."""

    picture: Image.Image
    full_size: tuple[int, int]
    format: str


def read(data: bytes) -> Intake:
    """The picture in the bytes, or Unreadable."""
    if len(data) > MAX_BYTES:
        raise Unreadable("file_too_big")
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        warnings.filterwarnings("ignore", category=UserWarning)  # damaged EXIF and the like: the pixels decide
        try:
            return _read(data)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
            raise Unreadable("too_many_pixels") from bomb
        except UnidentifiedImageError as unknown:
            raise Unreadable("file_type") from unknown
        except BROKEN as broken:
            raise Unreadable("file_unreadable") from broken


def _read(data: bytes) -> Intake:
    if data.startswith(b"%PDF-"):
        return _read_pdf(data)
    opened = Image.open(io.BytesIO(data), formats=FORMATS)
    kind = opened.format or ""
    if opened.width * opened.height > MAX_PIXELS[kind]:  # the header says so; nothing has been decoded yet
        raise Unreadable("too_many_pixels")
    _large_enough(opened.size)
    full = opened.size
    opened.draft("RGB", _halved(full))
    opened.load()
    turn = TURNS.get(opened.getexif().get(ORIENTATION, 1))
    picture = _plain_rgb(_shrunk(_of_bytes(opened)))
    if turn is None:
        return Intake(picture, full, NAMES.get(kind, kind))
    return Intake(picture.transpose(turn), full[::-1] if turn in SIDEWAYS else full, NAMES.get(kind, kind))


def _read_pdf(data: bytes) -> Intake:
    try:
        picture = pdf.drawn(data, LONG_SIDE)
    except pdf.NotOnePage as pages:
        raise Unreadable("pdf_pages") from pages
    _large_enough(picture.size)
    return Intake(picture, picture.size, "PDF")


def _large_enough(size: tuple[int, int]) -> None:
    if min(size) < max(LEAST_SIDE, max(size) / NARROWEST):
        raise Unreadable("file_unreadable")


def _halved(size: tuple[int, int]) -> tuple[int, int]:
    """What to ask a JPEG decoder for: it halves as often as both sides stay as long as asked."""
    return _fitted(size, ENOUGH if max(size) >= 2 * ENOUGH else LONG_SIDE)


def _fitted(size: tuple[int, int], long_side: int) -> tuple[int, int]:
    scale = min(1.0, long_side / max(size))
    return max(1, int(size[0] * scale)), max(1, int(size[1] * scale))


def _shrunk(picture: Image.Image) -> Image.Image:
    """At most LONG_SIDE: by whole pixels first where ENOUGH remain, which costs a tenth and softens nothing."""
    times = max(picture.size) // ENOUGH
    picture = picture.reduce(times) if times > 1 else picture
    size = _fitted(picture.size, LONG_SIDE)
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS)


def _of_bytes(picture: Image.Image) -> Image.Image:
    """Eight bits a channel and no palette: of others Pillow would scale single pixels only, or nothing at all."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("1", "P", "PA"):
        return picture.convert("RGBA" if "transparency" in picture.info or picture.mode == "PA" else "RGB")
    return picture


def _plain_rgb(picture: Image.Image) -> Image.Image:
    """RGB pixels and nothing else: no alpha, profile or EXIF goes further."""
    if picture.mode in ("RGBA", "LA") or "transparency" in picture.info:
        over = picture.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        white.alpha_composite(over)
        picture = white
    plain = picture.convert("RGB")
    plain.info.clear()
    return plain


def as_jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    """A JPEG of the pixels alone."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
