"""Drafts: what a person typed and has not submitted, on whatever device he goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from engine.cases.holding import Held, holding
from engine.errors import Stale
from engine.store import Store
from engine.tables import Draft

if TYPE_CHECKING:
    from engine.vault import Vault

VALUES = "drafts.values"
_ACTIVE = timedelta(hours=1)  # typing comes often; the idle timers count days


def save(store: Store, case_id: str, step: str, actor_id: str, values: Mapping[str, Any]) -> datetime:
    """Keep what is typed, in place of what was kept before; Stale when the case has ended."""

    def work(tx: Session) -> datetime:
        held = holding(store, tx, case_id)
        if held.case.ended_at is not None:
            raise Stale(case_id, None, held.case.ended_at, "ended")
        _put(held, step, actor_id, values)
        note_activity(held, actor_id)
        return held.now

    return store.unit(work)


def load(tx: Session, vault: Vault, case_id: str, step: str, actor_id: str) -> dict[str, Any]:
    """What this person typed last in this step, or nothing."""
    row = tx.get(Draft, (case_id, step, actor_id))
    values = vault.open_json(VALUES, row.values) if row is not None else {}
    assert isinstance(values, dict)
    return values


def note_activity(held: Held, actor_id: str) -> None:
    """The owner of the case was active; counted by the hour, so that typing does not rewrite the state."""
    if held.case.customer_id == actor_id and held.now - held.case.touched_at >= _ACTIVE:
        held.touched()
        held.keep_timers()


def _put(held: Held, step: str, actor_id: str, values: Mapping[str, Any]) -> None:
    sealed = held.store.vault.seal_json(VALUES, dict(values))
    row = held.tx.get(Draft, (held.case.id, step, actor_id))
    if row is None:
        held.tx.add(Draft(case_id=held.case.id, step=step, by=actor_id, values=sealed, saved_at=held.now))
    else:
        row.values, row.saved_at = sealed, held.now
    held.tx.flush()
