"""Comments: what colleagues note about a case for each other; no customer ever sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.actors import Actor
from engine.cases import access
from engine.cases.access import INVESTOR
from engine.cases.holding import Held, holding_task
from engine.errors import NotYours
from engine.reassigning import SUPERVISOR
from engine.store import Store
from engine.tables import Comment, Task

if TYPE_CHECKING:
    from engine.vault import Vault

TEXT = "comments.text"
LONGEST = 1000


@dataclass(frozen=True)
class Said:
    """One comment. `by` is a staff id."""

    step: str
    by: str
    at: datetime
    text: str


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
    sealed = store.vault.seal(TEXT, text)
    row = Comment(id=store.ids.new(), case_id=held.case.id, step=task.step, by=actor.id, at=held.now, text=sealed)
    tx.add(row)
    held.write_down(actor, "comment", {"task": task.id, "step": task.step, "comment": row.id})


def of_case(tx: Session, vault: Vault, case_id: str) -> list[Said]:
    """All comments of a case, the oldest first."""
    rows = tx.scalars(select(Comment).where(Comment.case_id == case_id).order_by(Comment.at, Comment.id))
    return [Said(row.step, row.by, row.at, vault.open(TEXT, row.text)) for row in rows]


def _check(held: Held, task: Task, actor: Actor) -> None:
    access.check_case(held.case, actor)
    desk = actor.kind == "staff" and task.role != INVESTOR
    if not desk or not actor.roles & {task.role, SUPERVISOR}:
        raise NotYours("a comment is for the desk and its supervisor")
