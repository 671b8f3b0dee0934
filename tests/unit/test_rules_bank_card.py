"""Bank card numbers: the vectors, each with its reason."""

from __future__ import annotations

import pytest

from forms.rules import bank_card
from forms.rules.bank_card import Bin

BINS = (
    Bin("622848", "ABC"),
    Bin("622202", "ICBC"),
    Bin("621700", "CCB"),
    Bin("622588", "CMB"),
    Bin("622230", "ICBC", "credit"),
    Bin("62170012", "BOC"),
    Bin("436742", "CCB", "debit", 19),
    Bin("436742", "CCB", "credit", 16),
)


@pytest.mark.parametrize(
    ("typed", "bank", "reason"),
    [
        ("6228480402564890018", "ABC", "农行 debit card"),
        ("6222021234567890128", "ICBC", "工行"),
        ("6217000010012345677", "CCB", "建行"),
        ("6225880123456783", "CMB", "16 digits"),
        ("6228 4804 0256 4890 018", "ABC", "in groups, as it is printed"),
        ("6228-4804-0256-4890-018", None, "with hyphens, bank not chosen yet"),
    ],
)
def test_a_right_number_is_accepted(typed: str, bank: str | None, reason: str) -> None:
    verdict = bank_card.check(typed, bank, BINS)
    assert verdict.value == typed.replace(" ", "").replace("-", ""), reason
    assert verdict.problems == (), reason


@pytest.mark.parametrize(
    ("typed", "bank", "code", "reason"),
    [
        ("6217000010012345670", "CCB", "check", "wrong last digit; a popular package says 建行 to it"),
        ("6222020200112233445", "ICBC", "check", "wrong last digit"),
        ("4111111111111111", None, "unknown_bank", "Luhn is right, the bank is not on any list"),
        ("6222300000000003", "ICBC", "credit", "a credit card of a known bank"),
        ("6228480402564890018", "ICBC", "other_bank", "a number of 农行 under 工行"),
        ("62284804025648９0018", "ABC", "shape", "a full-width digit"),
        ("6228480402564890018A", "ABC", "shape", "a letter"),
        ("", "ABC", "shape", "nothing typed"),
        ("62284804025648900186228480", "ABC", "shape", "more than 22 digits"),
    ],
)
def test_a_wrong_number_is_refused(typed: str, bank: str | None, code: str, reason: str) -> None:
    verdict = bank_card.check(typed, bank, BINS)
    assert verdict.value is None, reason
    assert verdict.block is not None
    assert verdict.block.code == f"bank_card.{code}", reason


@pytest.mark.parametrize(
    ("typed", "codes", "reason"),
    [
        ("6299990000000009", ["bin"], "a UnionPay number that the table does not know"),
        ("62284804025648900116", ["length"], "20 digits exist, rarely"),
    ],
)
def test_an_unusual_number_passes_with_a_warning(typed: str, codes: list[str], reason: str) -> None:
    verdict = bank_card.check(typed, None, BINS)
    assert verdict.value == typed, reason
    assert [problem.code.removeprefix("bank_card.") for problem in verdict.warnings] == codes


def test_a_passbook_need_not_pass_luhn() -> None:
    assert bank_card.check("6217000010012345670", "CCB", BINS, passbook=True).value == "6217000010012345670"
    assert bank_card.check("6217000010012345670", "CCB", BINS).value is None


def test_without_a_table_nothing_is_an_unknown_bank() -> None:
    verdict = bank_card.check("4111111111111111", "CCB")
    assert verdict.value == "4111111111111111"
    assert [problem.code for problem in verdict.warnings] == ["bank_card.bin"]


def test_the_longest_prefix_and_the_length_decide_the_bank() -> None:
    assert bank_card.issuer("6217001200000000000", BINS) == Bin("62170012", "BOC")
    assert bank_card.issuer("4367420000000000000", BINS) == Bin("436742", "CCB", "debit", 19)
    assert bank_card.issuer("4367420000000000", BINS) == Bin("436742", "CCB", "credit", 16)
