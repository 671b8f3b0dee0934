"""Who still has to sign something, from a file of ID numbers: how a company without a demonstration begins 补签协议."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import audit, sheets
from engine.accounts.columns import ColumnProblem
from engine.accounts.filing import add_obligation
from engine.accounts.importing import RowReport
from engine.accounts.reading import as_typed
from engine.accounts.system import AccountSystem
from engine.actors import Actor
from engine.sheets import Words
from engine.tables import Obligation

if TYPE_CHECKING:
    from engine.store import Store

COLUMNS: Mapping[str, str] = {"id_number": "身份证号码"}
UNKNOWN: Words = ("没有这位客户，请先导入", "is no customer's; import him first")


def oblige(
    store: Store, accounts: AccountSystem, text: str, business: str, by: Actor, *, forced: bool, dry: bool = False
) -> Iterator[RowReport]:
    """Each customer of the file owes this business once: who owes it already stays as he is. Reported row by row.

    With `dry` nothing is stored. Other columns of the file are not read. BadFile when it has no ID numbers.
    """
    for line, row in sheets.rows(text, COLUMNS):
        number = as_typed(row["id_number"]).upper() if row is not None else ""
        customer = accounts.find(number) if number else None
        if row is None or customer is None:
            words = sheets.TOO_MANY if row is None else UNKNOWN
            yield RowReport(line, "refused", (ColumnProblem("" if row is None else "id_number", words),), number[-4:])
            continue
        owes = _owes(store, customer, business)
        if not owes and not dry:
            store.unit(lambda tx, customer=customer: _add(store, tx, customer, business, forced, by))  # type: ignore[misc]
        yield RowReport(line, "unchanged" if owes else "added", tail=number[-4:])


def _owes(store: Store, customer_id: str, business: str) -> bool:
    mine = (Obligation.customer_id == customer_id, Obligation.business == business, Obligation.done_at.is_(None))
    with store.read() as tx:
        return tx.scalar(select(Obligation.id).where(*mine).limit(1)) is not None


def _add(store: Store, tx: Session, customer_id: str, business: str, forced: bool, by: Actor) -> None:
    now = store.clock.now()
    obligation = add_obligation(tx, store.ids, now, customer_id, business, forced=forced)
    body = {"obligation": obligation, "customer": customer_id, "business": business, "forced": forced}
    audit.record(tx, store.vault, audit.actor_chain(by.key), by.key, "obligation.add", body, now)
