"""A row of a customer file: what is wrong with it and how it is mended; what spreadsheets do to numbers and dates."""

from __future__ import annotations

from datetime import date

import pytest

from engine.accounts import COLUMNS
from engine.accounts.columns import ColumnProblem, Known, problems_of
from engine.accounts.reading import cards_in, cleaned, day, person_in

ROW = {
    "id_number": "11010519491231002X", "name": "张三", "phone": "13800138000", "account_number": "8800123456",
    "account_type": "期货经纪账户", "address": "北京市朝阳区样本路1号", "issuer": "北京市公安局朝阳分局",
    "valid_from": "2016-05-02", "valid_until": "长期", "branch": "bj",
    "cards": "ICBC|样例支行|6222020000000000034; CMB|湖滨支行|6225880000000019|linked",
}  # fmt: skip
TWO_CARDS = "银行卡：每家银行只能有一张卡，请删去一张"
KNOWN = Known(("期货经纪账户", "资产管理账户"), {"bj", "sh"}, {"ICBC", "CMB"})
CARD = "银行卡：应写成 银行代码|网点|卡号，多张以分号隔开，已关联银期的在后面加 |linked"


def check(column: str, value: str) -> tuple[str, str] | None:
    """Stands in for the rules of the forms room."""
    lengths = {"id_number": 18, "phone": 11}
    return ("位数不对", "has the wrong length") if len(value) != lengths.get(column, len(value)) else None


def problems(**other: str) -> list[ColumnProblem]:
    return problems_of(cleaned({**ROW, **other}), KNOWN, check)


def test_a_good_row_has_no_problem() -> None:
    assert ROW.keys() == COLUMNS.keys() and problems() == []
    assert problems(valid_from="", valid_until="", cards="") == []


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"name": ""}, "姓名：为空，请补上"),
        ({"address": "长" * 201}, "住址：超过 200 个字，请缩短"),
        ({"id_number": "1101"}, "身份证号码：位数不对"),
        ({"phone": "138"}, "手机号码：位数不对"),
        ({"account_number": "88 00"}, "资金账号：须是 1 至 32 个字母、数字或 -"),
        ({"account_type": "储蓄账户"}, "账户类型：不在公司资料中，须是 期货经纪账户、资产管理账户 之一"),
        ({"branch": "paris"}, "营业部：不在公司资料中，须是 bj、sh 之一"),
        ({"valid_from": "5/2/2016"}, "有效期起：不是日期，请写成 2016-05-20"),
        ({"valid_until": "永远"}, "有效期止：不是日期，请写成 2016-05-20"),
        ({"valid_until": "2016-05-01"}, "有效期止：早于有效期起，请核对"),
        ({"cards": "XYZ|支行|6222020000000000034"}, "银行卡：不在公司资料中，须是 CMB、ICBC 之一"),
        ({"cards": "ICBC|支行"}, CARD),
        ({"cards": "ICBC|支行|12ab"}, CARD),
        ({"cards": "ICBC|支行|6222020000000000034|perhaps"}, CARD),
        ({"cards": "ICBC|甲|6222020000000000034;ICBC|乙|6222020000000000075"}, TWO_CARDS),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_cure(other: dict[str, str], told: str) -> None:
    [problem] = problems(**other)
    assert problem.text() == told
    assert problem.text("en").isascii() or problem.column in ("account_type", "branch", "cards")


@pytest.mark.parametrize("column", ["id_number", "phone", "account_number", "cards"])
@pytest.mark.parametrize("shown", ["1.10105E+17", "6.22202e+18", "1E18"])
def test_a_number_that_the_spreadsheet_has_shortened_is_told_as_that_and_nothing_else(column: str, shown: str) -> None:
    [problem] = problems(**{column: shown})
    assert problem.column == column and "科学计数法" in problem.text() and "make the column text" in problem.text("en")


@pytest.mark.parametrize(
    ("column", "cell", "kept"),
    [
        ("id_number", "'11010519491231002x", "11010519491231002X"),
        ("id_number", '="11010519491231002X"', "11010519491231002X"),
        ("account_number", "'8800123456", "8800123456"),
        ("phone", "+86 138-0013-8000", "13800138000"),
        ("phone", "008613800138000", "13800138000"),
        ("phone", "010-8000", "010-8000"),
    ],
)
def test_what_spreadsheets_put_around_a_number_is_taken_off(column: str, cell: str, kept: str) -> None:
    assert cleaned({**ROW, column: cell})[column] == kept


@pytest.mark.parametrize("text", ["2016-05-02", "2016-5-2", "2016/5/2", "2016.05.02", "20160502", "2016年5月2日"])
def test_a_day_that_begins_with_its_year_is_understood(text: str) -> None:
    assert day(text) == date(2016, 5, 2)


@pytest.mark.parametrize("text", ["", "5/2/2016", "2016-13-01", "2016-02-30", "16-05-02", "2016", "长期"])
def test_a_day_in_doubt_is_none(text: str) -> None:
    assert day(text) is None


def test_a_row_becomes_a_person_with_his_cards() -> None:
    person = person_in(cleaned(ROW))
    assert (person.id_long_term, person.id_valid_from, person.id_valid_until) == (True, date(2016, 5, 2), None)
    assert [(one.card.bank, one.linked) for one in cards_in(ROW["cards"])] == [("ICBC", False), ("CMB", True)]
