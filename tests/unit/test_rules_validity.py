"""Validity of ID cards (居民身份证法 art. 5): the vectors, each with its reason."""

from __future__ import annotations

from datetime import date

import pytest

from forms.rules import validity
from forms.rules.validity import Validity

TODAY = date(2026, 11, 22)
NINETIES = date(1990, 5, 1)
SEVENTIES = date(1978, 3, 1)


@pytest.mark.parametrize(
    ("birth", "start", "end", "codes", "reason"),
    [
        (date(1996, 1, 1), date(2016, 11, 23), date(2026, 11, 23), [], "20 years old at issue: 10 years"),
        (NINETIES, date(2016, 5, 2), date(2036, 5, 2), [], "26 at issue: 20 years"),
        (NINETIES, date(2016, 12, 2), date(2026, 12, 2), ["age"], "26 at issue, but 10 years"),
        (NINETIES, date(2016, 12, 2), date(2026, 12, 1), ["age", "day_off"], "and a day short, as in 1984"),
        (SEVENTIES, date(2024, 3, 1), None, [], "46 at issue, on the very day: 长期"),
        (SEVENTIES, date(2024, 3, 1), date(2044, 3, 1), ["age"], "46 at issue, but 20 years"),
        (SEVENTIES, date(2007, 3, 2), date(2027, 3, 2), [], "29 at issue: 20 years"),
        (date(2012, 1, 1), date(2024, 5, 6), date(2029, 5, 6), [], "12 at issue: 5 years"),
        (NINETIES, date(2016, 11, 22), date(2026, 11, 22), ["age"], "the last day is still valid"),
        (SEVENTIES, date(2008, 2, 29), date(2028, 2, 29), [], "leap day to leap day"),
        (date(2004, 5, 1), date(2024, 2, 29), date(2034, 2, 28), [], "from a leap day to the end of February"),
        (date(2004, 5, 1), date(2024, 2, 29), date(2034, 3, 1), [], "or to the first of March"),
        (date(1950, 1, 1), date(2003, 12, 31), None, ["old"], "before there were second-generation cards"),
    ],
)
def test_a_validity_is_accepted_with_what_is_unusual(
    birth: date, start: date, end: date | None, codes: list[str], reason: str
) -> None:
    verdict = validity.check(Validity(start, end), birth, TODAY)
    assert verdict.value == Validity(start, end), reason
    assert [problem.code.removeprefix("validity.") for problem in verdict.problems] == codes, reason


@pytest.mark.parametrize(
    ("birth", "start", "end", "code", "reason"),
    [
        (NINETIES, date(2006, 5, 2), date(2016, 5, 2), "expired", "10 years from 2006 are over"),
        (NINETIES, date(2016, 11, 21), date(2026, 11, 21), "expired", "ended yesterday: to the counter (S15)"),
        (NINETIES, date(2016, 5, 2), date(2027, 5, 2), "term", "11 years are no term"),
        (NINETIES, date(2016, 11, 25), date(2026, 11, 27), "term", "two days too long"),
        (NINETIES, date(2016, 5, 2), None, "long_term", "长期 at 26"),
        (SEVENTIES, date(2024, 2, 29), None, "long_term", "长期 one day before 46"),
        (NINETIES, date(2026, 11, 23), date(2046, 11, 23), "future", "starts tomorrow"),
        (NINETIES, date(2016, 5, 2), date(2006, 5, 2), "order", "ends before it starts"),
        (NINETIES, date(2016, 5, 2), date(2016, 5, 2), "order", "of no length"),
    ],
)
def test_an_impossible_validity_is_refused(birth: date, start: date, end: date | None, code: str, reason: str) -> None:
    verdict = validity.check(Validity(start, end), birth, TODAY)
    assert verdict.value is None, reason
    assert verdict.block is not None
    assert verdict.block.code == f"validity.{code}", reason


def test_ten_years_from_sixteen_were_fine_while_they_lasted() -> None:
    verdict = validity.check(Validity(date(2006, 5, 2), date(2016, 5, 2)), NINETIES, date(2016, 5, 2))
    assert verdict.problems == ()


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("2006.05.02-2026.05.02", date(2006, 5, 2), date(2026, 5, 2)),
        ("2005.3.27-2025.3.27", date(2005, 3, 27), date(2025, 3, 27)),
        (" 2016.05.02-长期 ", date(2016, 5, 2), None),
        ("2016-05-02 至 2036-05-02", date(2016, 5, 2), date(2036, 5, 2)),
    ],
)
def test_the_printed_line_is_read(printed: str, start: date, end: date | None) -> None:
    assert validity.read(printed).value == Validity(start, end)


@pytest.mark.parametrize(
    "printed", ["", "长期", "2006.05.02", "2006.02.30-2026.02.30", "２００６.05.02-2026.05.02", "2006.05.02-永久"]
)
def test_what_is_no_validity_is_not_read(printed: str) -> None:
    verdict = validity.read(printed)
    assert verdict.value is None
    assert verdict.block is not None


def test_a_validity_is_written_as_it_is_printed() -> None:
    assert str(Validity(date(2016, 5, 2), date(2036, 5, 2))) == "2016.05.02-2036.05.02"
    assert str(Validity(date(2016, 5, 2), None)) == "2016.05.02-长期"
