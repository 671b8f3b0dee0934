"""A typeface for the specimens: one with Chinese where the machine has one, else Pillow's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont

PLACES = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/noto/NotoSansCJKsc-Regular.otf", 0),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
    ("/System/Library/Fonts/PingFang.ttc", 0),
    ("/System/Library/Fonts/STHeiti Medium.ttc", 0),
    ("C:/Windows/Fonts/msyh.ttc", 0),
)


@cache
def _chinese() -> tuple[str, int] | None:
    return next((place for place in PLACES if Path(place[0]).is_file()), None)


def has_chinese() -> bool:
    """False where specimens fall back to Latin texts."""
    return _chinese() is not None


@cache
def font(size: int) -> Font:
    """The typeface at this size."""
    place = _chinese()
    return ImageFont.truetype(place[0], size, index=place[1]) if place else ImageFont.load_default(size)


def words(chinese: str, latin: str) -> str:
    """The text that this machine can draw."""
    return chinese if has_chinese() else latin
