"""The side with the portrait: name, sex, nation, birth, address and the number, by their labels or by their place."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from workers.photos.reading.checks import birth_in, sex_in
from workers.photos.reading.digits import id_number
from workers.photos.reading.model import Field, is_sure
from workers.photos.reading.pieces import CHINESE, Piece, Row, joined

_ALL_NATIONS = """
    汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇
    柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京
    塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
"""
NATIONS = frozenset(_ALL_NATIONS.split())
TRADITIONAL = str.maketrans("漢滿壯維爾鮮納東錫", "汉满壮维尔鲜纳东锡")
NAME = re.compile(rf"(?:姓[名者各客石]|名)([{CHINESE}·•.]{{2,20}})$")
SEX = re.compile(r"(?:性别?|别)([男女])")
NATION = re.compile(rf"民?族([{CHINESE}]{{1,5}})$")
BIRTH = re.compile(r"([12][0-9]{3})年?([0-9]{1,2})月([0-9]{1,2})日?|([12][0-9]{3})年([0-9]{1,2})月?([0-9]{1,2})日?")
ADDRESS = re.compile(r"(?:住址|住|址)(.+)$")
LABELS = re.compile("姓名|性别|民族|出生|住址|公民|身份|号码")
EVEN, MEASURABLE, WIDE = 1.1, 6, 1.15
FULL = 10  # the card prints eleven characters in a line
CLEAR = 0.95
GAP = 2.0  # characters between a label and its value; more where light lies on the first ones
PLACED = 0.85
"""What a value's score is worth that has its place but not its label: never enough to be filled in."""


def fields_of(rows: list[Row], size: tuple[int, int], today: date) -> dict[str, Field]:
    """The fields that were found."""
    found: dict[str, Field] = {}
    number = _unless_contradicted(id_number(rows, today), printed_birth(rows, today))
    proven = number.value if number and number.checked else None
    for name, field in (
        ("name", _name(rows, size)),
        ("sex", _sex(rows, number if proven else None)),
        ("nation", _nation(rows)),
        ("birth", _birth(rows, today, number if proven else None)),
        ("address", _address(rows)),
        ("id_number", number),
    ):
        if field is not None:
            found[name] = field
    return found


def _unless_contradicted(number: Field | None, printed: tuple[date, Piece] | None) -> Field | None:
    """A number whose birth date is not the one that is clearly printed beside it proves nothing."""
    if number is None or not number.checked or printed is None or printed[1].score < CLEAR:
        return number
    born = f"{printed[0]:%Y%m%d}"
    return number if number.value[6:14] == born else replace(number, checked=False, sure=False)


def _name(rows: list[Row], size: tuple[int, int]) -> Field | None:
    for row in rows:
        piece = row.find(NAME, 1)
        if piece:
            return _field(piece, piece.score)
    placed = [row for row in rows if 0.04 < row.middle / size[1] < 0.2 and row.lines[0].left < 0.45 * size[0]]
    piece = placed[0].find(rf"[{CHINESE}·]{{2,20}}$") if placed else None
    return _field(piece, PLACED * piece.score) if piece and not LABELS.search(piece.text) else None


def _sex(rows: list[Row], number: Field | None) -> Field | None:
    piece = next((found for row in rows if (found := row.find(SEX, 1))), None)
    if number is None:
        return _field(piece, piece.score) if piece else None
    told = sex_in(number.value)
    if piece is None:
        return Field(told, number.score, number.box, checked=True, sure=number.sure)
    return _field(piece, max(piece.score, number.score), checked=True) if piece.text == told else _doubted(piece)


def _birth(rows: list[Row], today: date, number: Field | None) -> Field | None:
    read = printed_birth(rows, today)
    if number is None:
        return None if read is None else _dated(read[0], read[1], read[1].score, checked=False)
    told = birth_in(number.value, today)
    assert told is not None  # the number holds
    if read is None:
        return Field(told.isoformat(), number.score, number.box, checked=True, sure=number.sure)
    if read[0] == told:
        return _dated(told, read[1], max(read[1].score, number.score), checked=True)
    return Field(read[0].isoformat(), read[1].score, read[1].box)


def printed_birth(rows: list[Row], today: date) -> tuple[date, Piece] | None:
    """The date beside 出生, where it is a date that has been."""
    for row in rows:
        match = BIRTH.search(row.text)
        if match:
            try:
                born = date(*(int(part) for part in match.groups() if part))
            except ValueError:
                continue
            if born <= today:
                return born, row.cut(*match.span())
    return None


def _nation(rows: list[Row]) -> Field | None:
    for row in rows:
        piece = row.find(NATION, 1)
        if piece:
            text = piece.text.translate(TRADITIONAL)
            known = replace(piece, text=text)
            return _field(known, piece.score, checked=True) if text in NATIONS else _doubted(piece)
    return None


def _address(rows: list[Row]) -> Field | None:
    """The line after the label and those right below it: the same left side, no label, no number."""
    at = next((k for k, row in enumerate(rows) if row.find(ADDRESS, 1) and not row.find("出生|公民|号码")), None)
    if at is None:
        return None
    pieces = [rows[at].find(ADDRESS, 1)]
    first, last = pieces[0], rows[at]
    assert first is not None
    for row in rows[at + 1 :]:
        line = row.lines[0]
        follows = row.middle - last.middle < 2.0 * last.height and abs(line.left - first.left) < 1.3 * line.height
        if not follows or LABELS.search(row.text) or re.fullmatch(r"[0-9X]{10,}", row.text):
            break
        pieces.append(row.whole)
        last = row
    whole = joined([piece for piece in pieces if piece])
    label = rows[at].find("住址|住|址")
    beside = label is not None and first.left - label.right < GAP * first.pitch
    complete = beside and _is_even([piece for piece in pieces if piece])
    return Field(whole.text, whole.score, whole.box, sure=complete and is_sure(whole.text, whole.score))


def _is_even(lines: list[Piece]) -> bool:
    """Characters as wide in each line, and each line but the last full: light on the card leaves holes that show so."""
    pitches = [line.pitch for line in lines if len(line.text) >= MEASURABLE] or [lines[0].pitch]
    edge, most = max(line.right for line in lines) - 0.6 * min(pitches), max(len(line.text) for line in lines)
    full = all(len(line.text) >= FULL and (line.right > edge or len(line.text) == most) for line in lines[:-1])
    holes = any(line.pitch > WIDE * (line.box[2][1] - line.box[0][1]) for line in lines)
    return full and not holes and max(pitches) < EVEN * min(pitches)


def _field(piece: Piece, score: float, checked: bool = False) -> Field:
    return Field(piece.text, score, piece.box, checked, sure=is_sure(piece.text, score))


def _dated(day: date, piece: Piece, score: float, checked: bool) -> Field:
    return Field(day.isoformat(), score, piece.box, checked, sure=checked and is_sure(piece.text, score))


def _doubted(piece: Piece) -> Field:
    return Field(piece.text, piece.score, piece.box)
