"""Tables that people save from a spreadsheet: CSV, in whatever encoding and with whatever separator it came out."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping

Row = Mapping[str, str]
Words = tuple[str, str]  # Chinese, English

LARGEST = 64 * 1024 * 1024
TOO_MANY: Words = ("单元格比表头多，内容里的分隔符须放在引号内", "has more cells than columns; put commas in quotes")
SEPARATORS = (",", ";", "\t")
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Signs that no table has, and that a wrong encoding produces."""
CALCULATED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""A spreadsheet takes a cell that begins so for a formula, and runs it."""


class BadFile(Exception):
    """The file as a whole cannot be read; `words` say why and what to do, in Chinese and English."""

    def __init__(self, zh: str, en: str, line: int = 0) -> None:
        super().__init__(f"line {line}: {en}" if line else en)
        self.words: Words = (f"第 {line} 行：{zh}" if line else zh, str(self))


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, UTF-16 with one, else GB18030, as spreadsheets here write."""
    if len(data) > LARGEST:
        raise BadFile("文件超过 64 MB，请分成几个文件", "the file is larger than 64 MB; split it")
    if data.startswith(WORKBOOKS):
        raise BadFile("这是 Excel 工作簿，请另存为 CSV（逗号分隔）", "this is an Excel workbook; save it as CSV")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        if _is_broken_utf8(data):
            told = ("有损坏的字符，请重新导出为 CSV UTF-8", "a broken sign; save it again as CSV UTF-8")
            raise BadFile(*told, line=data[: wrong.start].count(b"\n") + 1) from None
        return _decoded(data, "gb18030")


def _is_broken_utf8(data: bytes) -> bool:
    """Read as GB18030, it would turn into other Chinese signs that nobody notices until it is too late."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return broken < sum(not sign.isascii() for sign in text) - broken


def _decoded(data: bytes, encoding: str) -> str:
    told = ("编码无法识别，请另存为 CSV UTF-8", "the encoding is neither UTF-8 nor GB18030; save it as CSV UTF-8")
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as wrong:
        raise BadFile(*told, line=data[: wrong.start].count(b"\n") + 1) from None
    strange = PRIVATE.search(text)
    if strange:
        raise BadFile(*told, line=text[: strange.start()].count("\n") + 1)
    return text


def shown(cell: str) -> str:
    """The cell as a spreadsheet shows it and never runs it: `rows` takes the mark off again."""
    return f"'{cell}" if cell.lstrip().startswith(CALCULATED) else cell


def _meant(cell: str) -> str:
    bare = cell.strip()
    return bare[1:].strip() if bare.startswith("'") and bare[1:].lstrip().startswith(CALCULATED) else bare


def rows(text: str, columns: Mapping[str, str], optional: Collection[str] = ()) -> Iterator[tuple[int, Row | None]]:
    """Each filled line with its number, by column; None for a line that has more cells than the header.

    `columns` are the English names with the Chinese ones; the header has them in either language and in any order.
    BadFile when it lacks one that is not optional.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text, columns), strict=True)
    try:
        header = [_column(cell, columns) for cell in next(reader, [])]
        _check(header, columns, optional)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, _row(header, cells)
    except csv.Error as wrong:
        told = (f"引号不成对或格式不对（{wrong}）", f"a quote that is not closed? ({wrong})")
        raise BadFile(*told, line=reader.line_num) from None


def _row(header: list[str], cells: list[str]) -> Row | None:
    if len(cells) > len(header):
        return None
    padded = [*cells, *[""] * (len(header) - len(cells))]
    return {name: _meant(cell) for name, cell in zip(header, padded, strict=True)}


def _separator(text: str, columns: Mapping[str, str]) -> str:
    """The one that finds the most columns in the header."""
    header = text.partition("\n")[0]

    def known(separator: str) -> int:
        return sum(_column(cell.strip('"\r\n '), columns) in columns for cell in header.split(separator))

    return max(SEPARATORS, key=known)


def _column(cell: str, columns: Mapping[str, str]) -> str:
    names = {chinese: name for name, chinese in columns.items()}
    return names.get(cell.strip(), cell.strip().lower())


def _check(header: list[str], columns: Mapping[str, str], optional: Collection[str]) -> None:
    missing = [name for name in columns if name not in header and name not in optional]
    if missing:
        zh, en = ("、".join(columns[name] for name in missing), ", ".join(missing))
        raise BadFile(f"缺少列：{zh}。第一行须是列名", f"columns are missing: {en}; the first line names the columns")
    twice = next((name for name in columns if header.count(name) > 1), None)
    if twice:
        raise BadFile(f"列 {columns[twice]} 出现两次，请删除一列", f"the column {twice} occurs twice; delete one")
