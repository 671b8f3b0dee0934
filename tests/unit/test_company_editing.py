"""The record as people edit it: a text with help, what was changed in it, what is worth a look; the table of banks."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

import pytest

from engine.company import BadCompany, default_company, read_company
from engine.company.advice import advice
from engine.company.bank_table import COLUMNS, read_table, write_table
from engine.company.changes import changes
from engine.company.reading import ENTRIES
from engine.company.writing import pretty, read, write

Record = dict[str, Any]
MAY = date(2026, 5, 4)


@pytest.fixture
def record() -> Record:
    return copy.deepcopy(dict(default_company().document))


# -- as a text --


def test_a_record_comes_back_from_its_text_as_it_was(record: Record) -> None:
    assert read(write(record)) == record and read(pretty(record)) == record
    assert json.loads(pretty(record)) == record  # without help it is plain JSON


def test_every_part_has_a_line_of_help_in_both_languages(record: Record) -> None:
    lines = write(record).split("\n")
    for name in ENTRIES:
        above = lines[next(at for at, line in enumerate(lines) if line.startswith(f'  "{name}": ')) - 1]
        assert above.lstrip().startswith("// "), name
    assert "法定节假日" in write(record) and "closed on those of China" in write(record)


def test_the_examples_of_the_help_are_good(record: Record) -> None:
    record["calendars"]["trading"] |= {"holidays": ["2026-12-31"], "special_days": {"2027-02-20": [["09:00", "12:00"]]}}
    record["appointments"]["branches"] = {"bj": 40}
    record["notices"] = {"a": {"text": "…", "from": "2026-12-01", "until": "2026-12-03"}}
    read_company(record, demonstration=False)
    for example in ('["2026-12-31"]', '{"2027-02-20": [["09:00", "12:00"]]}', '{"bj": 40}'):
        assert example in write(record)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"a": 1,}', "line 1"),
        ('// help\n{\n"a": 1\n"b": 2}', "line 4, sign 1"),
        ("[]", "a group of entries"),
        ("", "line 1"),
        ('{"a": {"b": 1, "b": 2}}', "b: occurs twice in one group"),
        ("[" * 100_000, "too deeply nested"),
    ],
)
def test_a_text_that_is_no_record_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(BadCompany) as wrong:
        read(text)
    assert told in str(wrong.value)


# -- what was changed --


def test_a_change_is_told_by_its_place_with_before_and_after(record: Record) -> None:
    before = copy.deepcopy(record)
    record["hotline"] = "95000"
    record["banks"][0]["auto_link"] = True
    record["banks"][1]["bins"].append({"prefix": "622849", "length": 19, "kind": "debit"})
    record["calendars"]["video"]["holidays"] = ["2026-12-31"]
    assert changes(before, record) == [
        ["hotline", "400-000-0000", "95000"],
        ["calendars.video.holidays", "", '["2026-12-31"]'],
        ["banks.ICBC.auto_link", "false", "true"],
        ["banks.ABC.bins.622849.prefix", "", "622849"],
        ["banks.ABC.bins.622849.length", "", "19"],
        ["banks.ABC.bins.622849.kind", "", "debit"],
    ]


def test_a_row_that_moved_is_no_change_and_one_that_went_is(record: Record) -> None:
    before = copy.deepcopy(record)
    record["banks"].reverse()
    assert changes(before, record) == []
    record["links"].pop()
    assert changes(before, record) == [["links.开户帮助.title", "开户帮助", ""], ["links.开户帮助.page", "help", ""]]


# -- what is worth a look --


def looks(record: Record, today: date = MAY, branches: tuple[str, ...] = ("bj",)) -> dict[str, str]:
    found = advice(read_company(record, demonstration=False), branches, today)
    return {one.place: one.en for one in found}


def test_the_sample_is_told_until_it_is_replaced(record: Record) -> None:
    assert looks(record).keys() == {"name", "name_en", "hotline", "notices.replace"}
    record |= {"name": "东方期货", "name_en": "Eastern Futures", "hotline": "95000", "notices": {}}
    assert looks(record) == {}


@pytest.mark.parametrize(
    ("today", "told"), [(date(2026, 10, 31), False), (date(2026, 11, 1), True), (date(2027, 1, 4), False)]
)
def test_from_november_the_holidays_of_the_next_year_are_asked_for(record: Record, today: date, told: bool) -> None:
    assert ("calendars.trading" in looks(record, today)) is told
    record["calendars"]["trading"]["special_days"] = {"2027-02-20": []}
    assert "calendars.trading" not in looks(record, today)


def test_what_leads_nowhere_is_told(record: Record) -> None:
    record["appointments"]["branches"] = {"paris": 3}
    record["banks"][0]["bins"] = [{"prefix": "427020", "length": 16, "kind": "credit"}]
    record["notices"]["old"] = {"text": "停机维护", "until": "2026-05-03"}
    record["calendars"]["video"] = {}
    found = looks(record)
    assert found["appointments.branches.paris"] == "there is no such branch"
    assert "no debit prefix" in found["banks[0].bins"] and "is over" in found["notices.old"]
    assert found["calendars.video"] == "is never open" and '"停机维护" has no English' in found["english"]
    record["retention"]["recording_years"] = 20
    assert "let compliance confirm the number" in looks(record)["retention.recording_years"]
    assert looks(record, branches=())[""] == "there is no branch yet (kaihu branches add)"


# -- the table of banks --


def test_the_table_of_banks_comes_back_as_it_went(record: Record) -> None:
    table = write_table(default_company().banks)
    assert table.startswith(",".join(COLUMNS)) and len(table.splitlines()) == 1 + sum(
        len(bank["bins"]) for bank in record["banks"]
    )
    for only in (False, True):
        assert read_table(table, record, only=only) == record["banks"]


def test_a_bank_of_the_table_gets_exactly_its_numbers_and_the_others_stay(record: Record) -> None:
    table = "银行代码,卡号开头,卡号位数,卡种\nICBC,622202,19,借记卡\nICBC,427020,16,信用卡\n"
    banks = read_table(table, record, only=False)
    assert banks[1:] == record["banks"][1:] and banks[0]["name"] == "工商银行"
    assert [(row["prefix"], row["kind"]) for row in banks[0]["bins"]] == [("622202", "debit"), ("427020", "credit")]
    assert [bank["code"] for bank in read_table(table, record, only=True)] == ["ICBC"]


def test_a_new_bank_needs_its_names(record: Record) -> None:
    new = "bank,name,name_en,auto_link,prefix,length,kind\nHXB,华夏银行,Hua Xia Bank,yes,622630,16,debit\n"
    added = read_table(new, record, only=False)[-1]
    assert (added["code"], added["name"], added["auto_link"]) == ("HXB", "华夏银行", True)
    with pytest.raises(BadCompany) as wrong:
        read_table("bank,prefix,length,kind\nHXB,622630,16,debit\n", record, only=False)
    assert [problem.place for problem in wrong.value.problems] == ["line 2", "line 2"]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("工行,622202,19,debit", "line 2: bank has 1 to 16 letters"),
        ("ICBC,62x,19,debit", "line 2: prefix has 3 to 10 digits"),
        ("ICBC,622202,30,debit", "line 2: length is 12 to 19"),
        ("ICBC,622202,十九,debit", "line 2: length is 12 to 19"),
        ("ICBC,622202,19,gift", "line 2: kind is debit or credit"),
    ],
)
def test_a_bad_line_of_the_table_is_told_by_its_number(record: Record, row: str, told: str) -> None:
    with pytest.raises(BadCompany) as wrong:
        read_table(f"bank,prefix,length,kind\n{row}\n", record, only=False)
    assert told in "; ".join(map(str, wrong.value.problems))
