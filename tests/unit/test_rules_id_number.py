"""Resident ID numbers (GB 11643-1999): the vectors, each with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from forms.rules import id_number

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "birth", "sex", "age", "reason"),
    [
        ("11010519491231002X", date(1949, 12, 31), "女", 76, "the example of the standard"),
        ("11010519491231002x", date(1949, 12, 31), "女", 76, "a small x is the same number"),
        (" 11010519491231002X\n", date(1949, 12, 31), "女", 76, "outer blanks come from pasting"),
        ("11010120081122001X", date(2008, 11, 22), "男", 18, "18 today"),
        ("110101200811230015", date(2008, 11, 23), "男", 17, "18 tomorrow: the number is right, the age is for others"),
        ("110101200802290016", date(2008, 2, 29), "男", 18, "29 February of a leap year"),
        ("110224198001010010", date(1980, 1, 1), "男", 46, "a withdrawn county code stays valid"),
        ("50010119500101001X", date(1950, 1, 1), "男", 76, "the county code is younger than its holder"),
    ],
)
def test_a_right_number_is_accepted_and_read(typed: str, birth: date, sex: str, age: int, reason: str) -> None:
    verdict = id_number.check(typed, TODAY)
    assert verdict.value is not None, reason
    assert verdict.problems == (), reason
    assert (verdict.value.birth, verdict.value.sex, verdict.value.age(TODAY)) == (birth, sex, age), reason
    assert verdict.value.number == typed.strip().upper()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("119901198001010012", "prefecture 1199 does not exist: our specimens"),
        ("34052419800101001X", "the popular example of the web"),
    ],
)
def test_an_unknown_county_is_accepted_with_a_warning(typed: str, reason: str) -> None:
    verdict = id_number.check(typed, TODAY)
    assert verdict.value is not None, reason
    assert verdict.block is None
    assert [problem.code for problem in verdict.warnings] == ["id_number.county"], reason


@pytest.mark.parametrize(
    ("typed", "code", "reason"),
    [
        ("440524188001010014", "birth", "right check digit, born in 1880"),
        ("110101190002290011", "birth", "right check digit, but 1900 was no leap year"),
        ("110105194912310021", "check", "wrong check digit"),
        ("110105194902290020", "birth", "1949 had no 29 February"),
        ("110101203001010014", "birth", "born in the future"),
        ("810000199001010019", "not_resident", "residence permit for Hong Kong residents"),
        ("830000199001010012", "not_resident", "residence permit for Taiwan residents"),
        ("110105491231002", "shape", "15 digits of the first generation"),
        ("１１０１０５１９４９１２３１００２X", "shape", "full width"),
        ("110105 19491231 002X", "shape", "blanks inside"),
        ("", "shape", "nothing typed"),
        ("１" * 500, "shape", "long rubbish"),
        ("010105194912310020", "shape", "no area starts with 0"),
        ("99010519491231002X", "province", "no province 99"),
        ("110101198001010002", "sequence", "no holder has the sequence 000"),
        ("X1010519491231002X", "shape", "X only at the end"),
    ],
)
def test_a_wrong_number_is_refused(typed: str, code: str, reason: str) -> None:
    verdict = id_number.check(typed, TODAY)
    assert verdict.value is None, reason
    assert verdict.block is not None
    assert verdict.block.code == f"id_number.{code}", reason


def test_the_check_digit_knows_both_examples_of_the_standard() -> None:
    assert id_number.check_digit("11010519491231002") == "X"
    assert id_number.check_digit("44052418800101001") == "4"


def test_every_change_of_one_digit_is_noticed() -> None:
    number = "11010519491231002X"
    changed = [
        number[:place] + digit + number[place + 1 :]
        for place in range(17)
        for digit in "0123456789"
        if digit != number[place]
    ]
    assert len(changed) == 153
    assert [other for other in changed if id_number.check(other, TODAY).value is not None] == []


@pytest.mark.parametrize(
    ("birth", "today", "age", "reason"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17, "a leap day's child waits for 1 March"),
        (date(2008, 2, 29), date(2026, 3, 1), 18, "and is 18 then"),
        (date(2008, 11, 22), date(2026, 11, 22), 18, "the birthday counts"),
        (date(2008, 11, 23), date(2026, 11, 22), 17, "the day before does not"),
    ],
)
def test_the_age_is_full_years_by_the_calendar(birth: date, today: date, age: int, reason: str) -> None:
    assert id_number.age_on(birth, today) == age, reason
