"""Customers from a CSV file."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from engine.accounts import COLUMNS, LocalAccountSystem, RowReport, import_customers, importing
from engine.errors import NoRoom
from engine.sheets import BadFile
from engine.tables import Customer
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


def load(shop: Shop, *lines: str, **how: bool) -> list[RowReport]:
    return list(import_customers(shop, "\n".join([HEADER, *lines]), check, **how))


def outcomes(reports: list[RowReport]) -> list[tuple[int, str]]:
    return [(report.line, report.outcome) for report in reports]


def test_a_row_becomes_a_customer_with_his_cards(shop: Shop) -> None:
    assert load(shop, line()) == [RowReport(2, "added", tail="002X")]
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
    assert outcomes(load(shop, line())) == [(2, "unchanged")]
    assert LocalAccountSystem(shop).cards(str(LocalAccountSystem(shop).find(ROW["id_number"]))) == before


def test_a_known_customer_is_brought_to_what_the_file_says(shop: Shop) -> None:
    load(shop, line())
    cards = "CCB|中山路支行|6217000000000000012;CMB|湖滨支行|6225880000000019"
    assert outcomes(load(shop, line(phone="13900139000", cards=cards))) == [(2, "changed")]
    system = LocalAccountSystem(shop)
    customer = str(system.find(ROW["id_number"]))
    assert system.person(customer).phone == "13900139000"
    assert sorted((card.bank, card.linked) for card in system.cards(customer)) == [("CCB", False), ("CMB", False)]
    assert outcomes(load(shop, line(phone="13900139000", cards=""))) == [(2, "unchanged")]
    assert len(system.cards(customer)) == 2


def test_a_bad_row_is_told_and_left_out_and_the_others_are_stored(shop: Shop) -> None:
    reports = load(shop, line(phone="138"), line(id_number="119901198803150025", account_number="8800123457"))
    assert outcomes(reports) == [(2, "refused"), (3, "added")] and reports[0].tail == "002X"
    assert [problem.text() for problem in reports[0].problems] == ["手机号码：位数不对"]
    assert LocalAccountSystem(shop).find(ROW["id_number"]) is None


def test_all_problems_of_a_row_are_told_in_both_languages_and_no_value_is_repeated(shop: Shop) -> None:
    (report,) = load(shop, line(id_number="110105", branch="paris", account_number=""))
    assert {problem.column for problem in report.problems} == {"id_number", "branch", "account_number"}
    texts = [problem.text(language) for problem in report.problems for language in ("zh", "en")]
    assert "branch is not in the company's record; it is one of beijing" in texts
    assert not any("110105" in text or "paris" in text for text in texts)


def test_a_person_twice_in_a_file_is_told(shop: Shop) -> None:
    reports = load(shop, line(), line(name="李四"), line(id_number="119901198803150025"))
    assert outcomes(reports) == [(3, "refused"), (4, "refused"), (2, "added")]
    told = [[problem.text() for problem in report.problems] for report in reports[:2]]
    twice = "在本文件中已出现过，请删去一行"
    assert told == [[f"身份证号码：{twice}", f"资金账号：{twice}"], [f"资金账号：{twice}"]]


def test_a_file_from_a_spreadsheet_is_read(shop: Shop) -> None:
    """The header in Chinese and quotes, dates and numbers as a spreadsheet writes them, a phone with its country."""
    header = ",".join(f'"{chinese}"' for chinese in COLUMNS.values())
    row = line(
        address='"北京市朝阳区,1号"', id_number="'11010519491231002x", account_number='"=""8800123456"""',
        phone="+86 138-0013-8000", valid_from="2016/5/2", valid_until="20360502",
    )  # fmt: skip
    reports = list(import_customers(shop, f"{header}\r\n{row}\r\n\r\n", check))
    assert outcomes(reports) == [(2, "added")]
    system = LocalAccountSystem(shop)
    person = system.person(str(system.find(ROW["id_number"])))
    assert (person.account_number, person.phone, person.address) == ("8800123456", "13800138000", "北京市朝阳区,1号")
    assert (person.id_valid_from, person.id_valid_until) == (date(2016, 5, 2), date(2036, 5, 2))


def test_a_row_with_too_many_cells_is_told_and_the_others_are_stored(shop: Shop) -> None:
    reports = load(shop, line() + ",more", line())
    assert outcomes(reports) == [(2, "refused"), (3, "added")]
    assert reports[0].problems[0].text() == "单元格比表头多，内容里的分隔符须放在引号内"


# -- how it is stored --


def people(count: int) -> list[str]:
    """Rows of different people; the rules of this file look at lengths only."""
    ids = (f"{119901 + at:06}19880315002{at % 10}" for at in range(count))
    return [line(id_number=one, account_number=f"{88000000 + at}") for at, one in enumerate(ids)]


def test_a_dry_run_foretells_and_stores_nothing(shop: Shop) -> None:
    load(shop, *people(2))
    first, second, third = people(3)
    told = load(shop, first, second.replace("13800138000", "13900139000"), third, line(name=""), dry=True)
    assert outcomes(told) == [(5, "refused"), (2, "unchanged"), (3, "changed"), (4, "added")]
    with shop.read() as tx:
        assert tx.scalar(select(func.count()).select_from(Customer)) == 2
    assert outcomes(load(shop, first, second, third)) == [(2, "unchanged"), (3, "unchanged"), (4, "added")]


def test_all_or_none_leaves_everybody_out_for_one_refused_row(shop: Shop) -> None:
    reports = load(shop, *people(2), line(name=""), all_or_none=True)
    assert outcomes(reports) == [(4, "refused"), (2, "left out"), (3, "left out")]
    assert LocalAccountSystem(shop).find(people(1)[0].split(",")[0]) is None
    assert outcomes(load(shop, *people(2), all_or_none=True)) == [(2, "added"), (3, "added")]


def test_rows_are_stored_some_at_a_time_and_what_is_known_writes_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    units: list[int] = []
    unit = Shop.unit
    monkeypatch.setattr(Shop, "unit", lambda self, work: units.append(1) or unit(self, work))
    monkeypatch.setattr(importing, "BATCH", 4)
    load(shop, *people(10))
    assert len(units) == 3
    load(shop, *people(10), line())
    assert len(units) == 4


def test_what_was_stored_before_an_error_stays_and_the_rest_follows(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 2)
    keep, full = importing.keep_customer, iter([False] * 3 + [True])

    def until_full(*args: Any) -> Any:
        if next(full):
            raise NoRoom
        return keep(*args)

    monkeypatch.setattr(importing, "keep_customer", until_full)
    with pytest.raises(NoRoom):
        load(shop, *people(5))
    monkeypatch.setattr(importing, "keep_customer", keep)
    again = [report.outcome for report in load(shop, *people(5))]
    assert again == ["unchanged", "unchanged", "added", "added", "added"]


@pytest.mark.parametrize("text", ["", "name,phone", HEADER + ",name", f'{HEADER}\n"open'])
def test_what_is_no_customer_file_is_refused_whole(shop: Shop, text: str) -> None:
    with pytest.raises(BadFile):
        list(import_customers(shop, text, check))
