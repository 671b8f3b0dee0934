"""The audit: one append-only chain for each case and for each actor, each row sealed to the one before it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import bindparam, func, insert, select, text
from sqlalchemy.orm import Session

from engine import rows
from engine.prepared import Constant
from engine.tables import AuditRow

if TYPE_CHECKING:
    from engine.vault import Vault

_START = ""
_LAST = Constant(
    select(AuditRow.seq, AuditRow.mac)
    .where(AuditRow.chain == bindparam("chain"))
    .order_by(AuditRow.seq.desc())
    .limit(1)
)
_APPEND = Constant(insert(rows.of(AuditRow)))


class _Entry(NamedTuple):
    """What a row says, before it is sealed."""

    chain: str
    seq: int
    at: datetime
    actor: str
    action: str
    body: str


@dataclass(frozen=True)
class Head:
    """The last row of a chain; kept outside the database it shows that rows were cut off."""

    chain: str
    seq: int
    mac: str


def case_chain(case_id: str) -> str:
    return f"case:{case_id}"


def actor_chain(actor_key: str) -> str:
    return f"actor:{actor_key}"


def record(
    tx: Session, vault: Vault, chain: str, actor: str, action: str, body: Mapping[str, object], at: datetime
) -> None:
    """Append one row in the caller's write unit. `body` holds ids and plain words, no personal data."""
    _hold(tx, chain)
    last = _last(tx, chain)
    entry = _Entry(chain, last.seq + 1, at, actor, action, _canonical(body))
    rows.write(tx, _APPEND, {**entry._asdict(), "mac": _mac(vault, last.mac, entry)})


def verify(tx: Session, vault: Vault, chain: str, anchor: Head | None = None) -> int | None:
    """The number of the first row that is not what was written, or None. With an anchor a cut tail is found too."""
    before, expected = _START, 1
    for row in _rows(tx, chain):
        if row.seq != expected or not hmac.compare_digest(row.mac, _mac(vault, before, row)):
            return expected
        if anchor is not None and row.seq == anchor.seq and row.mac != anchor.mac:
            return row.seq
        before, expected = row.mac, expected + 1
    return expected if anchor is not None and expected <= anchor.seq else None


def heads(tx: Session) -> list[Head]:
    """The head of every chain, for anchoring them outside the database."""
    last = select(AuditRow.chain, func.max(AuditRow.seq).label("seq")).group_by(AuditRow.chain).subquery()
    on = (AuditRow.chain == last.c.chain) & (AuditRow.seq == last.c.seq)
    rows = tx.execute(select(AuditRow.chain, AuditRow.seq, AuditRow.mac).join(last, on).order_by(AuditRow.chain))
    return [Head(row.chain, row.seq, row.mac) for row in rows]


def history(tx: Session, chain: str) -> list[AuditRow]:
    """The rows of one chain, oldest first."""
    return list(_rows(tx, chain))


def _hold(tx: Session, chain: str) -> None:
    """Two writers of one actor's chain must not fork it; a case's chain is held by the case's row already."""
    if tx.get_bind().dialect.name == "postgresql":
        tx.execute(text("SELECT pg_advisory_xact_lock(hashtext(:chain))"), {"chain": chain})


def _last(tx: Session, chain: str) -> Head:
    row = rows.first(tx, _LAST, chain=chain)
    return Head(chain, row.seq, row.mac) if row else Head(chain, 0, _START)


def _rows(tx: Session, chain: str) -> Iterator[AuditRow]:
    return iter(tx.scalars(select(AuditRow).where(AuditRow.chain == chain).order_by(AuditRow.seq)))


def _canonical(body: Mapping[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _mac(vault: Vault, before: str, row: AuditRow | _Entry) -> str:
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    covered = [before, row.chain, str(row.seq), at, row.actor, row.action, row.body]
    return vault.mac(json.dumps(covered, ensure_ascii=False).encode())
