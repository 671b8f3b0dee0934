"""Comments: what colleagues note about a case for each other; no customer ever sees them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import audit, remarks
from engine.actors import Actor
from engine.cases import access
from engine.cases.access import INVESTOR
from engine.cases.holding import Held, holding_task
from engine.errors import NotYours
from engine.reassigning import SUPERVISOR
from engine.store import Store
from engine.tables import AuditRow, Comment, Task

if TYPE_CHECKING:
    from engine.vault import Vault

LONGEST = 1000
REASONS = ("claim", "reassign", "watch")
"""Acts that are given a reason: it is kept as a comment, and the audit's row says which."""


@dataclass(frozen=True)
class Said:
    """One comment. `by` is a staff id; `why` names the act whose reason it is."""

    step: str
    by: str
    at: datetime
    text: str
    why: str


def add(store: Store, task_id: str, actor: Actor, text: str) -> None:
    """Note something on the case of a desk task, open or closed.

    ValueError when it is empty or longer than 1000 characters; NotYours without the desk's role in the branch.
    """
    store.unit(lambda tx: put(store, tx, task_id, actor, text))


def put(store: Store, tx: Session, task_id: str, actor: Actor, text: str) -> None:
    """The same inside the caller's write unit."""
    text = text.strip()
    if not 0 < len(text) <= LONGEST:
        raise ValueError("a comment has 1 to 1000 characters")
    held, task = holding_task(store, tx, task_id)
    _check(held, task, actor)
    kept = remarks.keep(held, task, actor, text)
    held.write_down(actor, "comment", {"task": task.id, "step": task.step, "comment": kept})


def of_case(tx: Session, vault: Vault, case_id: str) -> list[Said]:
    """All comments of a case, the oldest first."""
    rows = tx.scalars(select(Comment).where(Comment.case_id == case_id).order_by(Comment.at, Comment.id))
    why = _acts(tx, case_id)
    return [Said(row.step, row.by, row.at, vault.open(remarks.TEXT, row.text), why.get(row.id, "")) for row in rows]


def remove(held: Held) -> int:
    """Remove what colleagues noted about a case in the caller's write unit; how many that were.

    The reasons of acts are no notes and stay.
    """
    mine = select(Comment).where(Comment.case_id == held.case.id)
    acts = _acts(held.tx, held.case.id)
    notes = [row for row in held.tx.scalars(mine) if row.id not in acts]
    for row in notes:
        held.tx.delete(row)
    return len(notes)


def _acts(tx: Session, case_id: str) -> dict[str, str]:
    """Comment -> the act whose reason it is."""
    mine = select(AuditRow).where(AuditRow.chain == audit.case_chain(case_id), AuditRow.action.in_(REASONS))
    acts = ((json.loads(row.body).get("comment"), row.action) for row in tx.scalars(mine))
    return {comment: action for comment, action in acts if comment}


def _check(held: Held, task: Task, actor: Actor) -> None:
    access.check_case(held.case, actor)
    desk = actor.kind == "staff" and task.role != INVESTOR
    if not desk or not actor.roles & {task.role, SUPERVISOR}:
        raise NotYours("a comment is for the desk and its supervisor")
