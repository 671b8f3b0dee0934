"""`kaihu case move`: what it would do is said first; it is done with a note, or not at all."""

from __future__ import annotations

import pytest

from engine import audit
from engine.store import Store
from tests.cli.conftest import Kaihu
from tests.walk import Walk

NOTE = ("--note", "the address was typed wrong")


@pytest.fixture
def case(a_customer: Store) -> Walk:
    return Walk(a_customer).to_review()


def test_a_case_is_put_back_after_what_that_does_was_said(kaihu: Kaihu, case: Walk) -> None:
    number = case.case.number or ""
    done = kaihu("case", "move", number, "basic_data", "--yes", "--by", "zhou", *NOTE)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        f"{number} to basic_data:",
        "  closes       复核 (review)",
        "  asks again   个人基本资料 (basic_data), 签署协议 (sign_agreements)",
        f"{number} stands at basic_data",
    ]
    assert case.steps == ["basic_data"]
    with case.store.read() as tx:
        assert audit.history(tx, audit.case_chain(case.id))[-1].actor == "system:zhou"


def test_who_does_not_say_yes_moves_nothing(kaihu: Kaihu, case: Walk) -> None:
    done = kaihu("case", "move", case.id, "basic_data", *NOTE)
    assert done.exit_code == 1 and "Move it?" in done.output and case.steps == ["review"]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("second_review", "the case has not been at second_review yet"),
        ("review", "review is open already"),
        ("tea", "tea is no step of this business"),
    ],
)
def test_what_cannot_be_is_said(kaihu: Kaihu, case: Walk, step: str, said: str) -> None:
    done = kaihu("case", "move", case.id, step, "--yes", *NOTE)
    assert done.exit_code == 1 and said in done.output and case.steps == ["review"]


def test_a_case_that_is_over_or_unknown_is_told(kaihu: Kaihu, case: Walk) -> None:
    case.give_up()
    over = kaihu("case", "move", case.id, "basic_data", "--yes", *NOTE)
    assert over.exit_code == 1 and "the case ended on 20" in over.output
    unknown = kaihu("case", "move", "20260101000001", "basic_data", "--yes", *NOTE)
    assert unknown.exit_code == 1 and "there is no case 20260101000001" in unknown.output
