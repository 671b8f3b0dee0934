"""The side with the emblem: the authority and the validity."""

from __future__ import annotations

import re
from datetime import date

from workers.photos.reading.model import PREFILL, Field, is_sure
from workers.photos.reading.pieces import CHINESE, Piece, Row, joined

ISSUER = re.compile(rf"(?:签发机关|发机关|机关)([{CHINESE}（）()·]{{3,}})$")
LONG_TERM = "长期"
_DAY = r"([12][0-9]{3})[.,·:\-年]?([0-9]{2})[.,·:\-月]?([0-9]{2})日?"
VALIDITY = re.compile(rf"{_DAY}[-—–~一至_.]{{0,3}}(?:({LONG_TERM}|长|期)|{_DAY})")
TERMS = (5, 10, 20)
GAP, CLEAR = 1.75, 0.9
OFFICES = ("局", "所", "处")
LABELS = re.compile("有效期|签发|居民|身份证")


def fields_of(rows: list[Row], today: date) -> dict[str, Field]:
    """The fields that were found."""
    found = {"issuer": _issuer(rows), "validity": _validity(rows, today)}
    return {name: field for name, field in found.items() if field is not None}


def validity_end(printed: str) -> date | None:
    """The last day of a validity as it is kept; None is 长期."""
    last = printed.split("-", 1)[1]
    return None if last == LONG_TERM else date.fromisoformat(last.replace(".", "-"))


def _issuer(rows: list[Row]) -> Field | None:
    """What follows the label; a long name goes on in the next row."""
    for at, row in enumerate(rows):
        first = row.find(ISSUER, 1)
        if first is None:
            continue
        pieces = [first]
        following = rows[at + 1] if at + 1 < len(rows) else None
        if following and _goes_on(first, row, following):
            pieces.append(following.whole)
        whole = joined(pieces)
        complete = whole.text.endswith(OFFICES) and _begins_beside_its_label(row, first)
        return Field(whole.text, whole.score, whole.box, complete, sure=complete and is_sure(whole.text, whole.score))
    return None


def _begins_beside_its_label(row: Row, value: Piece) -> bool:
    """Light on the first characters leaves a gap, or a label that is hardly read."""
    label = row.find("签?发?机关")
    return label is not None and label.score >= CLEAR and value.left - label.right < GAP * value.pitch


def _goes_on(first: Piece, row: Row, following: Row) -> bool:
    line = following.lines[0]
    near = following.middle - row.middle < 1.7 * row.height and abs(line.left - first.left) < 1.3 * line.height
    return near and re.fullmatch(rf"[{CHINESE}]+", following.text) is not None and not LABELS.search(following.text)


def _validity(rows: list[Row], today: date) -> Field | None:
    for row in rows:
        match = VALIDITY.search(row.text)
        days = _days(match) if match else None
        if match and days:
            start, end = days
            piece = row.cut(*match.span())
            value = f"{start:%Y.%m.%d}-{f'{end:%Y.%m.%d}' if end else LONG_TERM}"
            holds = start <= today and _is_term(start, end)
            return Field(value, piece.score, piece.box, holds, sure=holds and piece.score >= PREFILL)
    return None


def _days(match: re.Match[str]) -> tuple[date, date | None] | None:
    parts = match.groups()
    try:
        start = date(*(int(part) for part in parts[:3]))
        return start, None if parts[3] else date(*(int(part) for part in parts[4:]))
    except ValueError:
        return None


def _is_term(start: date, end: date | None) -> bool:
    """5, 10 or 20 years, a day more or less; or for long."""
    return end is None or any(abs((end - _later(start, years)).days) <= 1 for years in TERMS)


def _later(start: date, years: int) -> date:
    leap = (start.month, start.day) == (2, 29)
    return start.replace(year=start.year + years, day=28 if leap else start.day)
