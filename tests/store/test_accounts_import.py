"""Customers from a CSV file."""

from __future__ import annotations

from datetime import date

import pytest

from engine.accounts import COLUMNS, BadFile, LocalAccountSystem, RowReport, import_customers
from tests.store.conftest import Shop

HEADER = ",".join(COLUMNS)
ROW = {
    "id_number": "11010519491231002x",
    "name": "张三",
    "phone": "13800138000",
    "account_number": "8800123456",
    "account_type": "期货经纪账户",
    "address": "北京市朝阳区样本路1号",
    "issuer": "北京市公安局朝阳分局",
    "valid_from": "2016-05-02",
    "valid_until": "长期",
    "branch": "beijing",
    "cards": "ICBC|样例支行|6222020000000000034; CMB|湖滨支行|6225880000000019|linked",
}


def check(column: str, value: str) -> tuple[str, str] | None:
    """Stands in for the rules of the forms room."""
    lengths = {"id_number": 18, "phone": 11}
    return ("位数不对", "has the wrong length") if len(value) != lengths.get(column, len(value)) else None


def line(**other: str) -> str:
    return ",".join({**ROW, **other}.values())


def load(shop: Shop, *lines: str) -> list[RowReport]:
    return import_customers(shop, [HEADER, *lines], check)


def test_a_row_becomes_a_customer_with_his_cards(shop: Shop) -> None:
    assert load(shop, line()) == [RowReport(2, "added")]
    system = LocalAccountSystem(shop)
    customer = system.find(ROW["id_number"])
    assert customer is not None
    person = system.person(customer)
    assert (person.id_number, person.id_long_term, person.id_valid_until) == ("11010519491231002X", True, None)
    assert person.id_valid_from == date(2016, 5, 2)
    assert sorted((card.bank, card.linked) for card in system.cards(customer)) == [("CMB", True), ("ICBC", False)]


def test_the_same_file_again_changes_nothing(shop: Shop) -> None:
    load(shop, line())
    before = LocalAccountSystem(shop).cards(str(LocalAccountSystem(shop).find(ROW["id_number"])))
    assert load(shop, line()) == [RowReport(2, "unchanged")]
    assert LocalAccountSystem(shop).cards(str(LocalAccountSystem(shop).find(ROW["id_number"]))) == before


def test_a_known_customer_is_brought_to_what_the_file_says(shop: Shop) -> None:
    load(shop, line())
    cards = "CCB|中山路支行|6217000000000000012;CMB|湖滨支行|6225880000000019"
    assert load(shop, line(phone="13900139000", cards=cards)) == [RowReport(2, "changed")]
    system = LocalAccountSystem(shop)
    customer = str(system.find(ROW["id_number"]))
    assert system.person(customer).phone == "13900139000"
    assert sorted((card.bank, card.linked) for card in system.cards(customer)) == [("CCB", False), ("CMB", False)]
    assert load(shop, line(phone="13900139000", cards="")) == [RowReport(2, "unchanged")]
    assert len(system.cards(customer)) == 2


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"name": ""}, "姓名：不能为空"),
        ({"id_number": "1101"}, "身份证号码：位数不对"),
        ({"phone": "138"}, "手机号码：位数不对"),
        ({"account_type": "储蓄账户"}, "账户类型：不在公司资料中"),
        ({"branch": "paris"}, "营业部：不在公司资料中"),
        ({"valid_from": "2016/5/2"}, "有效期起：不是日期，请写成 2016-05-20"),
        ({"valid_until": "永远"}, "有效期止：不是日期，请写成 2016-05-20"),
        ({"cards": "XYZ|支行|6222020000000000034"}, "银行卡：不在公司资料中"),
        ({"cards": "ICBC|支行"}, "银行卡：应写成 银行代码|网点|卡号，多张以分号隔开"),
        ({"cards": "ICBC|支行|12ab"}, "银行卡：应写成 银行代码|网点|卡号，多张以分号隔开"),
        ({"cards": "ICBC|支行|6222020000000000034|perhaps"}, "银行卡：应写成 银行代码|网点|卡号，多张以分号隔开"),
        ({"cards": "ICBC|甲|6222020000000000034;ICBC|乙|6222020000000000075"}, "银行卡：每家银行只能有一张卡"),
    ],
)
def test_a_bad_row_is_told_and_left_out_and_the_others_are_stored(shop: Shop, other: dict[str, str], told: str) -> None:
    reports = load(shop, line(**other), line(id_number="119901198803150025"))
    assert [report.outcome for report in reports] == ["refused", "added"]
    assert [problem.text() for problem in reports[0].problems] == [told]
    assert LocalAccountSystem(shop).find(ROW["id_number"]) is None


def test_all_problems_of_a_row_are_told_in_both_languages_and_no_value_is_repeated(shop: Shop) -> None:
    (report,) = load(shop, line(id_number="110105", branch="paris", account_number=""))
    assert {problem.column for problem in report.problems} == {"id_number", "branch", "account_number"}
    texts = [problem.text(language) for problem in report.problems for language in ("zh", "en")]
    assert "branch is not in the company's record" in texts
    assert not any("110105" in text or "paris" in text for text in texts)


def test_a_person_twice_in_a_file_is_told(shop: Shop) -> None:
    reports = load(shop, line(), line(name="李四"))
    assert [report.outcome for report in reports] == ["added", "refused"]
    assert reports[1].problems[0].text() == "身份证号码：在本文件中出现两次"


def test_a_file_from_a_spreadsheet_is_read(shop: Shop) -> None:
    header = "\ufeff" + ",".join(f'"{chinese}"' for chinese in COLUMNS.values()) + "\r\n"
    address = '"北京市朝阳区,1号"'
    reports = import_customers(shop, [header, line(address=address) + "\r\n", "\r\n"], check)
    assert reports == [RowReport(2, "added")]


@pytest.mark.parametrize(
    "lines",
    [[], ["name,phone"], [HEADER + ",name"], [HEADER, line() + ",more"], [HEADER, '"open'], ["PK\x03\x04"]],
)
def test_what_is_no_customer_file_is_refused_whole(shop: Shop, lines: list[str]) -> None:
    with pytest.raises(BadFile):
        import_customers(shop, lines, check)
