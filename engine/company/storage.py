"""Where the company's record lies: one row; the default one until somebody saves his own. Every change is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from engine import audit, rows
from engine.actors import SYSTEM, Actor
from engine.company.changes import changes
from engine.company.model import Company
from engine.company.reading import ENTRIES, read_company
from engine.errors import Refused
from engine.prepared import Constant
from engine.tables import CompanyChange, CompanyRow

if TYPE_CHECKING:
    from engine.store import Store

ONLY = 1
_STORED = Constant(select(cast(CompanyRow.record, Text), CompanyRow.demonstration).where(CompanyRow.id == ONLY))
LATER = ("appointments", "retention", "publishing")
"""Sections that older records do not have: they are the default company's until somebody saves his own."""


class Overtaken(Refused):
    """Somebody else has changed the record since it was read; nothing was stored."""


@cache
def default_company() -> Company:
    """The sample company, to be replaced by the real one."""
    text = (files("engine.company") / "default.json").read_text(encoding="utf-8")
    return read_company(json.loads(text), demonstration=False)


def load(tx: Session) -> Company:
    """The company as it is stored; BadCompany when the row holds what cannot be used."""
    row = rows.first(tx, _STORED)
    return default_company() if row is None else _read(*row)


@lru_cache(maxsize=8)
def _read(text: str, demonstration: bool) -> Company:
    """Every request asks for the record, and it hardly ever changes: it is read once for each text."""
    return read_company(_whole(json.loads(text)), demonstration=demonstration, strict=False)


def digest(document: Mapping[str, Any]) -> str:
    """Names a record, so that a change is made to the one that was read."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def save(
    store: Store,
    document: Mapping[str, Any],
    *,
    demonstration: bool = False,
    by: Actor = SYSTEM,
    note: str = "",
    seen: str | None = None,
) -> Company:
    """Store a record that was read without fault; BadCompany, and nothing stored, otherwise.

    `seen` is the digest of the record that was changed: Overtaken when it is another one by now.
    """
    company = read_company(document, demonstration=demonstration)
    with store.write() as tx:
        row = tx.get(CompanyRow, ONLY, with_for_update=True)
        before = _whole(row.record) if row is not None else default_company().document
        if seen is not None and digest(before) != seen:
            raise Overtaken
        row = row or CompanyRow(id=ONLY)
        row.record, row.demonstration, row.changed_at = dict(document), demonstration, store.clock.now()
        tx.add(row)
        _keep_change(store, tx, changes(before, document), by, note)
    return company


def history(tx: Session, limit: int = 50) -> list[CompanyChange]:
    """Who changed what and when, the newest first."""
    return list(tx.scalars(select(CompanyChange).order_by(CompanyChange.id.desc()).limit(limit)))


def _whole(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """With what a younger version needs, in the order in which people read it."""
    found = {**{name: default_company().document[name] for name in LATER}, **record}
    return {name: found[name] for name in (*ENTRIES, *found) if name in found}


def _keep_change(store: Store, tx: Session, found: list[list[str]], by: Actor, note: str) -> None:
    if not found:
        return
    now = store.clock.now()
    tx.add(CompanyChange(at=now, by=by.key, note=note.strip(), changes=found))
    body = {"places": [place for place, *_ in found], "note": note.strip()}
    audit.record(tx, store.vault, audit.actor_chain(by.key), by.key, "company.change", body, now)
