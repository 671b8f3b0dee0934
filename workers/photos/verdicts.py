"""What is said of a photograph: a code, how grave it is, its cause and its cure, in both languages.

`block` asks for another picture, `warn` lets the customer choose, `info` is for the eye that checks. No text asserts
more than was measured (S20: the cause of a wrong edge *may* be low contrast).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypedDict, get_args

Level = Literal["block", "warn", "info"]
LEVELS = get_args(Level)


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


def blocks(verdicts: Iterable[Verdict]) -> bool:
    """True when one of them asks for another picture."""
    return any(one["level"] == "block" for one in verdicts)


def gravest_first(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """The same verdicts, those that ask for another picture in front."""
    return sorted(verdicts, key=lambda one: LEVELS.index(one["level"]))


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
        "请上传 JPG、PNG、WebP 或 HEIC 格式的照片，或只有一页的 PDF。",
        "This kind of file is not supported.",
        "Upload a JPG, PNG, WebP or HEIC photo, or a PDF of one page.",
    ),
    "file_unreadable": Words(
        "block",
        "照片文件无法打开，可能不完整、设有密码或不是普通的照片",
        "请重新选择照片；如仍然无法打开，请重新拍摄。",
        "The photo file cannot be opened; it may be incomplete, locked by a password, or no ordinary photo.",
        "Choose the photo again; if that does not help, take a new one.",
    ),
    "too_many_pixels": Words(
        "block",
        "照片的像素过多（JPEG 最多 4000 万像素，PNG 和 HEIC 最多 2500 万，WebP 最多 1250 万）",
        "请用普通画质重新拍摄后上传。",
        "The photo has too many pixels (JPEG takes up to 40 million, PNG and HEIC 25, WebP 12.5).",
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
        "请核对切边后的照片；如证件被切掉，请继续使用原图，或重新拍摄。",
        "The cut-out may not be exact; the original is kept.",
        "Look at the cut-out; if part of the card is missing, keep the original, or take it again.",
    ),
    "uncertain_turn": Words(
        "warn",
        "切边后的照片可能上下颠倒，已保留原图",
        "请查看切边后的照片：方向正确即可改用它；方向不对请继续使用原图，或把证件摆正后重新拍摄。",
        "The cut-out may be upside down; the original is kept.",
        "Look at the cut-out: use it if it is the right way up; else keep the original, or take the card upright.",
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
    "glare": Words(
        "warn",
        "照片上可能有反光，反光处的文字无法辨认",
        "请换个角度，或关闭闪光灯后重新拍摄。",
        "There may be a reflection in the photo; text below it cannot be read.",
        "Change the angle or switch the flash off, and take it again.",
    ),
    "covered": Words(
        "warn",
        "手指可能遮挡了证件的边缘",
        "请移开手指，把证件平放在桌面上重新拍摄。",
        "A finger may cover the edge of the card.",
        "Take the fingers away, lay the card flat on a desk and take it again.",
    ),
    "over_cropped": Words(
        "warn",
        "切边可能切到了证件，已保留原图",
        "请调整四个角，或重新拍摄，四周留一些空白。",
        "The cut-out may have lost part of the card; the original is kept.",
        "Adjust the four corners, or take it again with some room around the card.",
    ),
    "not_a_card": Words(
        "warn",
        "照片中未能读到这类证件上应有的文字",
        "请确认拍摄的是这里要求的证件，文字清晰可见，然后重新拍摄。",
        "The text that such a card has could not be read in the photo.",
        "Make sure that it is the card asked for here and that its text is clear, and take it again.",
    ),
    "wrong_side": Words(
        "block",
        "照片中的可能是身份证的另一面",
        "请上传这里要求的一面：有头像的是人像面，有国徽的是国徽面。",
        "The photo may show the other side of the ID card.",
        "Upload the side asked for here: the portrait side has the face, the emblem side the national emblem.",
    ),
    "wrong_document": Words(
        "block",
        "照片中的可能不是这里要上传的证件",
        "请核对位置：身份证和银行卡请分别上传到各自的位置。",
        "The photo may show another document than the one asked for here.",
        "Check the place: ID card and bank card each have their own.",
    ),
    "expired": Words(
        "block",
        "按照片上读到的有效期限，证件可能已过期",
        "请先换领新证，并到营业部柜台更新证件信息。如证件仍在有效期内，请重新拍摄。",
        "By the validity that was read in the photo, the card may have expired.",
        "Renew the card and have it updated at the counter first. If it is still valid, take the photo again.",
    ),
    "unreadable_number": Words(
        "warn",
        "未能从照片中可靠地读出号码",
        "请手工填写号码并仔细核对，或重新拍摄更清晰的照片。",
        "The number could not be read reliably in the photo.",
        "Type the number and check it carefully, or take a clearer photo.",
    ),
    "number_mismatch": Words(
        "warn",
        "照片上读到的身份证号码可能与登录的身份证号码不一致",
        "请核对上传的是否为本人身份证；如照片无误，可以继续，工作人员会核对。",
        "The ID number read in the photo may differ from the one you signed in with.",
        "Check that it is your own ID card; if the photo is right, go on, and a colleague will compare.",
    ),
    "unknown_region": Words(
        "warn",
        "号码开头的两位可能不是现行的省级代码",
        "请核对号码；如与证件一致，可以继续，工作人员会核对。",
        "The first two digits of the number may be no province code in force.",
        "Check the number; if it is as printed on the card, go on, and a colleague will compare.",
    ),
    "pdf_pages": Words(
        "block",
        "PDF 文件不是正好一页",
        "请上传只有一页的 PDF，或直接上传照片。",
        "The PDF file does not have exactly one page.",
        "Upload a PDF of one page, or the photo itself.",
    ),
}
