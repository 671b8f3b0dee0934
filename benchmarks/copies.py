"""Many cases out of one, by the database itself: every row of a case and of its customer, with ids of its own.

100,000 cases take a minute and not hours. A copy can be worked on like its original; only its audit chain does not
verify, since a seal names its chain.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Column, ColumnElement, Connection, String, Table, Text, insert, select, text

from engine.audit import case_chain
from engine.store import Store
from engine.tables import AuditRow, Base, Case, Customer, Job, SessionRow, Try
from webapp.sessions import digest

_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b|\b[0-9a-f]{32}\b")
_CUSTOMERS, _CASES, _AUDIT, _JOBS, _TRIES = (
    Base.metadata.tables[kind.__tablename__] for kind in (Customer, Case, AuditRow, Job, Try)
)
_OF_A_CASE = [table for table in Base.metadata.sorted_tables if "case_id" in table.c]
_MINE = {
    "customers": "t.id = :key",
    "cases": "t.id = :key",
    "tries": "t.job_id IN (SELECT id FROM jobs WHERE case_id = :key)",
    "audit": "t.chain = :key",
}
"""Which rows are copied, where a table does not name the case."""
_STAMP = 8
"""Hex digits: every id of the stamped original begins with the same ones, and each copy has others in their place."""


@dataclass(frozen=True)
class Copy:
    """One copied case; `token` is the cookie of its customer's session, where he is signed in."""

    case_id: str
    customer_id: str
    task_id: str
    token: str


@dataclass(frozen=True)
class _Row:
    table: Table
    values: dict[str, Any]


def copy(store: Store, case_id: str, task_id: str, count: int, signed_in: int | None = None) -> list[Copy]:
    """So many copies of a case that waits at this task; their first `signed_in` customers (or all) have sessions."""
    stamp, first = secrets.token_hex(_STAMP // 2), secrets.randbelow(2**31 - count)
    with store.db.begin() as connection:
        original = _stamped(connection, store, case_id, task_id, stamp)
        _multiply(connection, original, stamp, first, count)
        made = [_copy(original, stamp, f"{first + each:08x}") for each in range(signed_in or count)]
        now = store.clock.now()
        rows = [
            {
                "id": digest(one.token),
                "kind": "investor",
                "person_id": one.customer_id,
                "created_at": now,
                "seen_at": now,
            }
            for one in made
        ]
        connection.execute(insert(SessionRow), rows)
    return made


def _copy(original: Copy, stamp: str, other: str) -> Copy:
    ids = (original.case_id, original.customer_id, original.task_id)
    return Copy(*(each.replace(stamp, other) for each in ids), token=uuid4().hex)


def _stamped(connection: Connection, store: Store, case_id: str, task_id: str, stamp: str) -> Copy:
    """One copy all of whose ids begin with the stamp."""
    rows = list(_rows(connection, case_id))
    fresh: dict[str, str] = {rows[0].values["id"]: stamp + secrets.token_hex(12)}
    found = {each for row in rows for value in row.values.values() for each in _ID.findall(_text(value))}
    fresh |= {each: stamp + (str(uuid4()) if "-" in each else uuid4().hex)[_STAMP:] for each in found}
    renamed = [_Row(row.table, {name: _renamed(value, fresh) for name, value in row.values.items()}) for row in rows]
    renamed[0].values["id_index"] = stamp + uuid4().hex
    renamed[1].values["number"] = renamed[1].values["number"] and stamp + uuid4().hex[:8]
    for row in renamed:
        connection.execute(insert(row.table), row.values)
    return Copy(fresh[case_id], fresh[rows[0].values["id"]], fresh.get(task_id, ""), "")


def _rows(connection: Connection, case_id: str) -> Iterator[_Row]:
    """The customer first, then his case, then what belongs to it."""
    case = connection.execute(select(_CASES).where(_CASES.c.id == case_id)).mappings().one()
    yield from _of(connection, _CUSTOMERS, _CUSTOMERS.c.id == case["customer_id"])
    yield _Row(_CASES, dict(case))
    for table in _OF_A_CASE:
        yield from _of(connection, table, table.c.case_id == case_id)
    yield from _of(connection, _TRIES, _TRIES.c.job_id.in_(select(_JOBS.c.id).where(_JOBS.c.case_id == case_id)))
    yield from _of(connection, _AUDIT, _AUDIT.c.chain == case_chain(case_id))


def _of(connection: Connection, table: Table, mine: ColumnElement[bool]) -> Iterator[_Row]:
    for row in connection.execute(select(table).where(mine)).mappings():
        yield _Row(table, dict(row))


def _text(value: Any) -> str:
    return json.dumps(value) if isinstance(value, dict) else value if isinstance(value, str) else ""


def _renamed(value: Any, fresh: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return json.loads(_renamed(json.dumps(value), fresh))
    return _ID.sub(lambda match: fresh.get(match[0], match[0]), value) if isinstance(value, str) else value


def _multiply(connection: Connection, original: Copy, stamp: str, first: int, count: int) -> None:
    given = {"stamp": stamp, "first": first, "last": first + count - 1}
    of = {"customers": original.customer_id, "cases": original.case_id, "audit": case_chain(original.case_id)}
    for table in (_CUSTOMERS, _CASES, *_OF_A_CASE, _TRIES, _AUDIT):
        key = of.get(table.name, original.case_id)
        line = _insert(table, _MINE.get(table.name, "t.case_id = :key"), connection.dialect.name)
        connection.execute(text(line), {**given, "key": key})


def _insert(table: Table, mine: str, dialect: str) -> str:
    """INSERT ... SELECT of one table, once a number; PostgreSQL and SQLite count and write hex each their own way."""
    counted, digits = {
        "sqlite": (
            "(WITH RECURSIVE n(i) AS (SELECT :first UNION ALL SELECT i + 1 FROM n WHERE i < :last) SELECT i FROM n)",
            "printf('%08x', n.i)",
        ),
        "postgresql": ("generate_series(:first, :last)", "lpad(to_hex(n.i), 8, '0')"),
    }[dialect]
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(_value(column, digits) for column in table.columns)
    alias = "n" if dialect == "sqlite" else "n(i)"
    source = f"{table.name} t, {counted} {alias} WHERE {mine}"
    return f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {source}"


def _value(column: Column[Any], digits: str) -> str:
    name = f't."{column.name}"'
    if isinstance(column.type, JSON):
        return (
            f"CAST(replace(CAST({name} AS TEXT), :stamp, {digits}) AS JSON)"
            if _is_json(digits)
            else _with(name, digits)
        )
    return _with(name, digits) if isinstance(column.type, String | Text) else name


def _is_json(digits: str) -> bool:
    return digits.startswith("lpad")  # SQLite keeps JSON as text


def _with(name: str, digits: str) -> str:
    return f"replace({name}, :stamp, {digits})"
