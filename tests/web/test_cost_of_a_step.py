# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""What a step costs: how often its request asks the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, event, select

from engine.changes import Unit
from engine.tables import SessionRow
from tests.web.conftest import HandClock
from tests.web.line import Line
from tests.web.test_steps_line import app, browser, line  # noqa: F401

MOST = 26
"""Statements of one 下一步 of a form without photographs, its transactions' beginnings included."""


FIELDS = {"address": "样本市样本路 2 号", "issuer": "样本市公安局", "validity": "2016.05.02-2036.05.02"}


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement that any connection is given meanwhile."""
    found: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_a_form_step_asks_the_database_no_more_often_than_it_did(line: Line) -> None:
    line.photos()
    path, page = line.path(), line.page()
    with counted() as statements:
        assert line.post(path, page, **FIELDS).status_code == 303
    assert len(statements) <= MOST, "\n".join(statements)


def test_a_form_step_is_looked_through_at_most_once_for_what_is_to_be_written(line: Line) -> None:
    line.photos()
    path, page = line.path(), line.page()
    flushes: list[object] = []

    def note(unit: Unit, *_: object) -> None:
        flushes.append(unit)

    event.listen(Unit, "before_flush", note)
    assert line.post(path, page, **FIELDS).status_code == 303
    event.remove(Unit, "before_flush", note)
    assert len(flushes) <= 1


def last_seen(line: Line) -> datetime:
    with line.store.read() as tx:
        return tx.scalars(select(SessionRow.seen_at)).one()


def test_a_step_keeps_its_session_awake_in_its_own_transaction(line: Line, clock: HandClock) -> None:
    """A second one would cost as much as the first: a form takes longer than half a minute to fill in."""
    line.photos()
    path, page = line.path(), line.page()
    clock.pass_by(seconds=31)
    with counted() as statements:
        assert line.post(path, page, **FIELDS).status_code == 303
    assert last_seen(line) == clock.now()
    assert sum("UPDATE sessions" in text for text in statements) == 1
    assert len([text for text in statements if text.startswith("BEGIN IMMEDIATE")]) in (0, 1)  # PostgreSQL says none


def test_what_writes_nothing_keeps_its_session_awake_all_the_same(line: Line, clock: HandClock) -> None:
    line.photos()
    path, page = line.path(), line.page()
    wrong = {**FIELDS, "validity": "?"}
    for send in (lambda: line.post(path, page, **wrong), lambda: line.client.get(path)):
        clock.pass_by(seconds=31)
        assert send().status_code in (200, 422)
        assert last_seen(line) == clock.now()
    seen = last_seen(line)
    clock.pass_by(seconds=29)  # the control: not at each request
    assert line.client.get(path).status_code == 200 and last_seen(line) == seen
