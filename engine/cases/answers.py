"""What was submitted: sealed in its rows, never in the engine's state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.cases.submissions import ANSWERS
from engine.tables import Submission

if TYPE_CHECKING:
    from engine.vault import Vault


@dataclass(frozen=True)
class Round:
    """One accepted submission of a step."""

    round: int
    at: datetime
    by: str
    task_id: str
    answers: dict[str, Any]


def latest(tx: Session, vault: Vault, case_id: str, step: str) -> dict[str, Any] | None:
    """The answers that were accepted last for a step."""
    row = tx.scalars(_submitted(case_id, step).order_by(Submission.round.desc(), Submission.at.desc()).limit(1)).first()
    return None if row is None else _open(vault, row)


def rounds(tx: Session, vault: Vault, case_id: str, step: str) -> list[Round]:
    """All accepted submissions of a step, oldest first."""
    rows = tx.scalars(_submitted(case_id, step).order_by(Submission.round, Submission.at))
    return [Round(row.round, row.at, row.by, row.task_id, _open(vault, row)) for row in rows]


def _submitted(case_id: str, step: str) -> Select[Submission]:
    ways = ("back", "abandon")
    return select(Submission).where(
        Submission.case_id == case_id, Submission.step == step, Submission.kind.not_in(ways)
    )


def _open(vault: Vault, row: Submission) -> dict[str, Any]:
    answers = vault.open_json(ANSWERS, row.answers)
    assert isinstance(answers, dict)
    return answers
