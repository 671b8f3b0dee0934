"""CSV as spreadsheets write it: every encoding and separator that people here meet; what is none is told."""

from __future__ import annotations

import pytest

from engine.sheets import BadFile, decode, rows

COLUMNS = {"name": "姓名", "city": "城市"}
TEXT = "姓名,城市\n张三,北京\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_what_a_spreadsheet_here_writes_is_read(encoding: str) -> None:
    assert list(rows(decode(TEXT.encode(encoding)), COLUMNS)) == [(2, {"name": "张三", "city": "北京"})]


def test_rare_signs_survive_in_both_encodings() -> None:
    text = "姓名,城市\n䶮𠮷·阿卜杜拉,㐂\n"
    for encoding in ("utf-8", "gb18030"):
        assert next(rows(decode(text.encode(encoding)), COLUMNS))[1]["name"] == "䶮𠮷·阿卜杜拉"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"PK\x03\x04 rest of a workbook", "save it as CSV"),
        (b"\xd0\xcf\x11\xe0 rest of an old one", "save it as CSV"),
        (b"name,city\nx,\xff\xff\n", "line 2: the encoding is neither"),
        (b"name,city\nx,y\nz,\x80", "line 3: the encoding is neither"),
        ("姓名,城市\n张三,北京\n".encode() + "李四,上海".encode("gb18030"), "line 3: a broken sign"),
        ("name,city\n张三,北京\n李四,上".encode()[:-1] + "\n王五,广州\n".encode(), "line 3: a broken sign"),
    ],
)
def test_what_is_no_text_is_told_with_its_line(data: bytes, told: str) -> None:
    with pytest.raises(BadFile) as wrong:
        decode(data)
    assert told in str(wrong.value) and wrong.value.words[0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_by_the_columns(separator: str) -> None:
    text = TEXT.replace(",", separator)
    assert list(rows(text, COLUMNS)) == [(2, {"name": "张三", "city": "北京"})]


def test_quotes_blanks_empty_lines_and_short_rows() -> None:
    text = "\n".join(["City , NAME,extra", '"Bei,jing"," 张三 "', "", " , ", "上海"]) + "\r\n"
    assert list(rows(text, COLUMNS)) == [
        (2, {"city": "Bei,jing", "name": "张三", "extra": ""}),
        (5, {"city": "上海", "name": "", "extra": ""}),
    ]


def test_a_cell_of_several_lines_counts_lines_as_the_file_does() -> None:
    assert [line for line, _ in rows('name,city\n"a\nb",x\nc,y\n', COLUMNS)] == [3, 4]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "columns are missing: name, city"),
        ("name\nx\n", "columns are missing: city"),
        ("name,city,姓名\n", "the column name occurs twice"),
        ('name,city\n"x,y\n', "line 2: a quote that is not closed"),
    ],
)
def test_what_is_no_such_table_is_told(text: str, told: str) -> None:
    with pytest.raises(BadFile) as wrong:
        list(rows(text, COLUMNS))
    assert told in str(wrong.value)


def test_a_line_with_more_cells_than_columns_is_none_and_the_others_are_read() -> None:
    assert list(rows("name,city\nx,y,z\na,b\n", COLUMNS)) == [(2, None), (3, {"name": "a", "city": "b"})]


def test_a_column_may_be_left_out_where_it_is_not_needed() -> None:
    assert list(rows("name\nx\n", COLUMNS, ["city"])) == [(2, {"name": "x"})]
