"""`kaihu case move`: what it would do is said first; it is done with a note, or not at all."""

from __future__ import annotations

from pathlib import Path

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


def test_a_scenario_is_made_of_a_case_and_written_where_nothing_is(kaihu: Kaihu, case: Walk, tmp_path: Path) -> None:
    case.reject("review", "card_photo_unclear", review__decision="reject")
    out = tmp_path / "made.yaml"
    made = kaihu("case", "scenario", case.case.number or "", "--out", str(out))
    assert made.exit_code == 0, made.output
    text = out.read_text()
    assert "reasons: [card_photo_unclear]" in text and "open: {bank_cards: investor}" in text and case.id not in text
    again = kaihu("case", "scenario", case.id, "--out", str(out))
    assert again.exit_code == 1 and "is there already" in again.output and out.read_text() == text
    assert kaihu("case", "scenario", case.id).output == text


def test_of_a_case_that_waits_for_a_service_it_is_said_and_the_scenario_is_not_called_good(
    kaihu: Kaihu, case: Walk
) -> None:
    case.decide("review", review__decision="pass")
    made = kaihu("case", "scenario", case.id, "--lang", "en")
    assert made.exit_code == 1 and "it waits for account.apply" in made.output and "application" not in made.stdout
