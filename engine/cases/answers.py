"""What was submitted: sealed in its rows, never in the engine's state."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.cases.submissions import ANSWERS
from engine.tables import Submission

if TYPE_CHECKING:
    from engine.vault import Vault


WAYS = ("back", "abandon")
"""Submissions that answer nothing."""


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


def of_task(tx: Session, vault: Vault, task_id: str) -> dict[str, Any] | None:
    """What was accepted of one task."""
    row = tx.scalars(select(Submission).where(Submission.task_id == task_id, Submission.kind.not_in(WAYS))).first()
    return None if row is None else _open(vault, row)


def holds(tx: Session, vault: Vault, case_id: str, value: str) -> bool:
    """Whether an accepted submission of the case, of any round, holds this very value (the id of a photograph)."""
    return any(value in _values(given) for given in _all(tx, vault, case_id))


def held(tx: Session, vault: Vault, case_id: str, values: Collection[str]) -> set[str]:
    """Those of the values that an accepted submission of the case holds: the same, with each opened once."""
    return {value for given in _all(tx, vault, case_id) for value in _values(given) if value in values}


def _all(tx: Session, vault: Vault, case_id: str) -> Iterator[dict[str, Any]]:
    rows = tx.scalars(select(Submission).where(Submission.case_id == case_id, Submission.kind.not_in(WAYS)))
    return (_open(vault, row) for row in rows)


def _values(answer: Any) -> Iterator[Any]:
    """What an answer is made of, to the leaves."""
    inner = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else None
    if inner is None:
        yield answer
    else:
        for one in inner:
            yield from _values(one)


def _submitted(case_id: str, step: str) -> Select[Submission]:
    mine = select(Submission).where(Submission.case_id == case_id, Submission.step == step)
    return mine.where(Submission.kind.not_in(WAYS))


def _open(vault: Vault, row: Submission) -> dict[str, Any]:
    answers = vault.open_json(ANSWERS, row.answers)
    assert isinstance(answers, dict)
    return answers
