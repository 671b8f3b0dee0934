"""Opens an uploaded file under limits and turns it upright. Never trusts the file's name or what it says of itself."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

import pi_heif
from PIL import Image, ImageOps, UnidentifiedImageError

pi_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONG_SIDE = 2400
LEAST_SIDE = 64

# What Pillow and libheif were seen to raise on broken files.
BROKEN = (OSError, SyntaxError, ValueError, RuntimeError, EOFError, KeyError, IndexError, TypeError, MemoryError)


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
    opened = Image.open(io.BytesIO(data), formats=FORMATS)
    width, height = opened.size
    if width * height > MAX_PIXELS:  # the header says so; nothing has been decoded yet
        raise Unreadable("too_many_pixels")
    if min(width, height) < LEAST_SIDE:
        raise Unreadable("file_unreadable")
    kind = opened.format or ""
    opened.draft("RGB", _fitted(width, height))
    opened.load()
    upright = ImageOps.exif_transpose(opened)
    turned = (upright.width > upright.height) != (opened.width > opened.height)
    full = (height, width) if turned else (width, height)
    return Intake(_shrunk(_plain_rgb(upright)), full, "HEIC" if kind == "HEIF" else kind)


def _fitted(width: int, height: int) -> tuple[int, int]:
    scale = min(1.0, LONG_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _shrunk(picture: Image.Image) -> Image.Image:
    size = _fitted(*picture.size)
    return picture if size == picture.size else picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _plain_rgb(picture: Image.Image) -> Image.Image:
    """RGB pixels and nothing else: no alpha, palette, profile or EXIF goes further."""
    if picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
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
