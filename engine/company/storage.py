"""Where the company's record lies: one row; the default one until somebody saves his own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from engine.company.model import Company
from engine.company.reading import read_company
from engine.tables import CompanyRow

if TYPE_CHECKING:
    from engine.store import Store

ONLY = 1
LATER = ("appointments", "retention")
"""Sections that older records do not have: they are the default company's until somebody saves his own."""


@cache
def default_company() -> Company:
    """The sample company, to be replaced by the real one."""
    text = (files("engine.company") / "default.json").read_text(encoding="utf-8")
    return read_company(json.loads(text), demonstration=False)


def load(tx: Session) -> Company:
    """The company as it is stored; BadCompany when the row holds what cannot be used."""
    row = tx.get(CompanyRow, ONLY)
    if row is None:
        return default_company()
    younger = {name: default_company().document[name] for name in LATER}
    return read_company({**younger, **row.record}, demonstration=row.demonstration)


def save(store: Store, document: Mapping[str, Any], *, demonstration: bool = False) -> Company:
    """Store a record that was read without fault; BadCompany, and nothing stored, otherwise."""
    company = read_company(document, demonstration=demonstration)
    with store.write() as tx:
        row = tx.get(CompanyRow, ONLY) or CompanyRow(id=ONLY)
        row.record, row.demonstration, row.changed_at = dict(document), demonstration, store.clock.now()
        tx.add(row)
    return company
