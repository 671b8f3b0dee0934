"""What goes to the account was signed after its last change, passed after that, and seen with its photographs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy.orm import Session

from engine import audit
from engine.interpreter import Run
from engine.tables import Case
from tests.house import CHANGE

SIGNED = ("upload_photos", "check_photos", "basic_data", "bank_cards")
NEVER = 0


def wrong_order(tx: Session, case: Case, run: Run) -> Iterator[str]:
    """G5 as it counts in the end, by whatever loops the case has come here."""
    if not _goes_to_the_account(case, run):
        return
    done = _last(tx, case, ("submit", "reject"))
    passed = _last(tx, case, ("submit",))
    signed, reviewed = done["sign_agreements"], max(passed["review"], passed.get("second_review", NEVER))
    yield from (f"{step} was changed after it was signed" for step in SIGNED if done[step] > signed)
    if reviewed < signed:
        yield "nobody has passed what was signed last"
    if NEVER < passed.get("video_passed", NEVER) < done["upload_photos"]:
        yield "the photographs were changed after the video, and nobody saw him with them"
    if run.facts["settings"]["second_review"] and "second_review" not in passed:
        yield "the second review is switched on, and was passed by"


def _goes_to_the_account(case: Case, run: Run) -> bool:
    """It is there, or was: nothing is asked again after it has been applied."""
    return case.business == CHANGE and (
        case.end_id == "succeeded" or "account.apply" in {job.service for job in run.jobs}
    )


def _last(tx: Session, case: Case, actions: tuple[str, ...]) -> dict[str, int]:
    """When each step was last done, by the rows of the case's chain."""
    rows = audit.history(tx, audit.case_chain(case.id))
    return {json.loads(row.body)["step"]: row.seq for row in rows if row.action in actions}
