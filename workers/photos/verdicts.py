"""What is said of a photograph: a code, how grave it is, its cause and its cure, in both languages.

`block` asks for another picture, `warn` lets the customer choose, `info` is for the eye that checks. No text asserts
more than was measured (S20: the cause of a wrong edge *may* be low contrast).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict

Level = Literal["block", "warn", "info"]


class Verdict(TypedDict):
    """As it stands in a photo's record; `measured` and `limit` are None where nothing was measured."""

    code: str
    level: Level
    cause: str
    cure: str
    cause_en: str
    cure_en: str
    measured: float | None
    limit: float | None


@dataclass(frozen=True)
class Words:
    """The texts of a code, with the level it usually has."""

    level: Level
    cause: str
    cure: str
    cause_en: str
    cure_en: str


def verdict(
    code: str, measured: float | None = None, limit: float | None = None, level: Level | None = None
) -> Verdict:
    """The verdict of this code, graver or lighter where `level` says so."""
    words = WORDS[code]
    return Verdict(
        code=code,
        level=level or words.level,
        cause=words.cause,
        cure=words.cure,
        cause_en=words.cause_en,
        cure_en=words.cure_en,
        measured=measured,
        limit=limit,
    )


def blocks(verdicts: list[Verdict]) -> bool:
    """True when one of them asks for another picture."""
    return any(one["level"] == "block" for one in verdicts)


WORDS: Mapping[str, Words] = {
    "file_too_big": Words(
        "block",
        "照片文件超过 20 MB",
        "请用手机或相机的普通画质重新拍摄，或压缩后上传。",
        "The photo file is larger than 20 MB.",
        "Take it again at normal quality, or make the file smaller.",
    ),
    "file_type": Words(
        "block",
        "不支持这种文件格式",
        "请上传 JPG、PNG、WebP 或 HEIC 格式的照片。",
        "This kind of file is not supported.",
        "Upload a JPG, PNG, WebP or HEIC photo.",
    ),
    "file_unreadable": Words(
        "block",
        "照片文件无法打开，可能不完整",
        "请重新选择照片；如仍然无法打开，请重新拍摄。",
        "The photo file cannot be opened; it may be incomplete.",
        "Choose the photo again; if that does not help, take a new one.",
    ),
    "too_many_pixels": Words(
        "block",
        "照片的像素尺寸过大（超过 4000 万像素）",
        "请用普通画质重新拍摄后上传。",
        "The photo has too many pixels (more than 40 million).",
        "Take it again at normal quality.",
    ),
    "no_card": Words(
        "warn",
        "照片中未能找到证件或卡片的四条边",
        "请将证件完整放入画面，平放在颜色反差较大的桌面上重新拍摄。",
        "The four edges of the card could not be found in the photo.",
        "Lay the card flat on a desk of a clearly different colour and take the whole card.",
    ),
    "cut_off": Words(
        "warn",
        "证件可能没有完整拍入画面",
        "请把四个角都拍进画面，四周留一些空白。",
        "The card may not be completely inside the photo.",
        "Keep all four corners inside the photo with some room around them.",
    ),
    "uncertain_edge": Words(
        "warn",
        "切边结果可能不准确，已保留原图",
        "请核对下方图片；如证件被切掉，请重新拍摄，或使用原图。",
        "The cut-out may not be exact; the original is kept.",
        "Check the picture below; if part of the card is missing, take it again or use the original.",
    ),
    "low_contrast_edge": Words(
        "warn",
        "切边可能切到了证件，原因可能是证件与背景的颜色接近",
        "请放在颜色反差较大的背景上重新拍摄，否则可能无法通过后台审核。",
        "The cut-out may have lost part of the card; the colours of card and background may be too close.",
        "Take it again on a background of a clearly different colour; otherwise the review may not accept it.",
    ),
    "too_far": Words(
        "warn",
        "拍摄距离可能过远，证件在画面中较小",
        "请靠近一些，让证件占满大部分画面后重新拍摄。",
        "The photo may have been taken from too far away; the card is small in it.",
        "Move closer, so that the card fills most of the picture, and take it again.",
    ),
    "blurred": Words(
        "block",
        "照片可能模糊，文字可能无法辨认",
        "请对准焦点、拿稳手机后重新拍摄。",
        "The photo may be blurred and its text unreadable.",
        "Focus, hold the phone still and take it again.",
    ),
    "too_dark": Words(
        "block",
        "光线可能太暗",
        "请到光线充足的地方重新拍摄。",
        "The light may be too low.",
        "Take it again where there is more light.",
    ),
    "too_bright": Words(
        "warn",
        "照片可能过曝",
        "请避开强光或关闭闪光灯后重新拍摄。",
        "The photo may be overexposed.",
        "Avoid strong light, or switch the flash off, and take it again.",
    ),
}
