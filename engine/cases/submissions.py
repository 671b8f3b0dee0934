"""Submissions: each intention is accepted once, and answered alike when it comes again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select

from engine import rows
from engine.actors import Actor
from engine.cases.holding import Held
from engine.cases.intentions import Advanced
from engine.errors import Reused
from engine.prepared import Constant
from engine.tables import Submission

ANSWERS = "submissions.answers"
DIGITS = 32
"""Of a digest: 128 bits tell two contents of one submission apart, and there is one in each row."""
_ACCEPTED = Constant(
    select(Submission.case_id, Submission.digest, Submission.outcome).where(Submission.id == bindparam("id"))
)
_ACCEPT = Constant(insert(rows.of(Submission)))


@dataclass(frozen=True)
class Intention:
    """What makes two submissions the same: the same person meaning the same thing about the same task."""

    id: str
    task_id: str
    kind: str
    actor: Actor
    content: Mapping[str, Any]


def replayed(held: Held, intention: Intention) -> Advanced | None:
    """The answer that this very submission was given before; Reused when its id came with other content."""
    row = rows.first(held.tx, _ACCEPTED, id=intention.id)
    if row is None:
        return None
    if row.digest != digest(held, intention) or row.case_id != held.case.id:
        raise Reused
    return Advanced.of(row.case_id, row.outcome)


def keep(held: Held, intention: Intention, step: str, round: int, answers: Mapping[str, Any], came: Advanced) -> None:
    """Store the submission with its sealed answers and with the answer it is given."""
    accepted = {
        "id": intention.id,
        "case_id": held.case.id,
        "task_id": intention.task_id,
        "step": step,
        "round": round,
        "kind": intention.kind,
        "digest": digest(held, intention),
        "answers": held.store.vault.seal_json(ANSWERS, dict(answers)),
        "outcome": came.plain(),
        "by": intention.actor.id,
        "at": held.now,
    }
    rows.write(held.tx, _ACCEPT, accepted)


def digest(held: Held, intention: Intention) -> str:
    """Keyed, because answers could be guessed from a plain hash."""
    meant = [intention.task_id, intention.kind, intention.actor.key, intention.content]
    text = json.dumps(meant, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return held.store.vault.mac(b"submission:" + text.encode())[:DIGITS]
