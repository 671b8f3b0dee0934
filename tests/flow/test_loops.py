"""A case may go round as often as its desk likes: its state does not grow, and it still comes to its end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.walk import Walk


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_hundred_rejections_leave_the_state_as_small_as_one(walk: Callable[..., Walk]) -> None:
    """To the byte, and past the 142nd, where a plain use of the interpreter goes wrong in silence."""
    case = walk().to_review()
    sizes = []
    for _ in range(200):
        case.reject("review", "signature_invalid", review__decision="reject")
        case.do("sign_agreements")
        sizes.append(len(case.case.state))
    assert len(set(sizes)) == 1
    case.decide("review", review__decision="pass")
    case.answer("account.apply", application__result="applied")
    assert case.case.end_id == "succeeded"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_loops_through_the_shell_after_reminders_do_not_grow_either(walk: Callable[..., Walk]) -> None:
    case = walk().to_application()
    sizes = []
    for _ in range(6):
        case.answer("account.apply", application__result="refused")
        case.reject("handle_refusal", "old_card_linked", refusal__decision="correct")
        case.answer("account.withdraw", application__result="withdrawn")
        case.wait(days=23)
        while case.steps != ["review"]:
            if case.steps == ["bank_cards"]:
                case.cards()
            else:
                case.do(case.steps[0])
        sizes.append(len(case.case.state))
        case.decide("review", review__decision="pass")
    assert len(set(sizes)) == 1
