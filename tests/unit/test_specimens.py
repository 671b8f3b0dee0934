"""Specimens are of nobody, and right by their check digits."""

from __future__ import annotations

from datetime import date

import pytest

from forms.rules import id_number
from workers.specimens import fonts
from workers.specimens.numbers import specimen_card_number, specimen_id_number


def test_the_published_vector_of_an_unlisted_county() -> None:
    assert specimen_id_number(date(1980, 1, 1), 1)[:17] == "11990119800101001"


@pytest.mark.parametrize("order", range(1, 12))
def test_id_numbers_pass_the_rule_of_the_forms(order: int) -> None:
    number = specimen_id_number(date(1985, 5, 3), order)
    assert id_number.check(number, date(2026, 11, 22)).block is None
    assert number.startswith("119901")


@pytest.mark.parametrize(("prefix", "length"), [("620000", 16), ("622848", 19), ("621700", 19)])
def test_card_numbers_pass_luhn(prefix: str, length: int) -> None:
    number = specimen_card_number(prefix, 4025, length)
    assert (len(number), number[: len(prefix)]) == (length, prefix)
    total = sum(sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(reversed(number)))
    assert total % 10 == 0


def test_without_a_chinese_typeface_the_texts_are_latin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "PLACES", ())
    fonts._chinese.cache_clear()
    fonts.font.cache_clear()
    try:
        assert fonts.words("样本", "SPECIMEN") == "SPECIMEN"
        assert fonts.font(20) is not None
    finally:
        fonts._chinese.cache_clear()
        fonts.font.cache_clear()
