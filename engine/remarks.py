"""What the staff write about a case in words of their own: sealed beside the case; the audit keeps its id alone.

An audit row is for good and lies open, and a reason may name anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.actors import Actor
from engine.tables import Comment, Task

if TYPE_CHECKING:
    from engine.cases.holding import Held

TEXT = "comments.text"


def keep(held: Held, task: Task, actor: Actor, text: str) -> str:
    """Keep the words in the caller's write unit; the id under which the audit knows them."""
    sealed, row_id = held.store.vault.seal(TEXT, text), held.store.ids.new()
    held.tx.add(Comment(id=row_id, case_id=held.case.id, step=task.step, by=actor.id, at=held.now, text=sealed))
    return row_id
