"""Some indexes hold what is open alone, one what a branch has done: the statements that are to use them do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, Executable, event, text

from engine import outbox, rows
from engine.cases import inbox
from engine.claims import tell_lapsed
from engine.store import Store
from tests.web.conftest import PASSWORD, employ, sign_in_staff


@pytest.fixture
def both(app: Flask, store: Store) -> FlaskClient:
    employ(store, "both", {"reviewer", "supervisor"})
    member = app.test_client()
    sign_in_staff(member, "both", PASSWORD)
    return member


Ask = Callable[[FlaskClient, Store], object]
USES: dict[str, tuple[Ask, str]] = {
    "a desk's list": (lambda both, _: both.get("/desk"), "ix_tasks_queue"),
    "the branch of a supervisor": (lambda both, _: both.get("/desk/supervise/list"), "ix_tasks_open"),
    "what it has done today": (lambda both, _: both.get("/desk/supervise/list"), "ix_tasks_desk"),
    "claims that lapsed": (lambda _, store: tell_lapsed(store), "ix_tasks_open"),
    "what is open of a case": (lambda _, store: of_case(store, inbox._OPEN), "ix_tasks_open"),
    "jobs that are due": (lambda _, store: outbox.due(store), "ix_jobs_status"),
}


def of_case(store: Store, statement: Executable) -> None:
    with store.read() as tx:
        rows.every(tx, statement, case="any")


def test_the_last_round_of_a_step_is_found_without_the_others(store: Store) -> None:
    with noted() as statements, store.read() as tx:
        rows.first(tx, inbox._LAST_ROUND, case="any", step="review")
    assert plans(store, statements) == ["SEARCH tasks USING INDEX ix_tasks_step (case_id=? AND step=?)"]


@pytest.mark.parametrize("what", USES)
def test_the_index_is_used(what: str, both: FlaskClient, store: Store) -> None:
    ask, index = USES[what]
    with noted() as statements:
        ask(both, store)
    assert any(index in step for step in plans(store, statements)), statements
    assert not {"SCAN tasks", "SCAN jobs"}.intersection(plans(store, statements))
    with store.write() as tx:  # control: what is looked for would be missed
        tx.execute(text(f"DROP INDEX {index}"))
    store.db.dispose()  # a connection keeps the plans that it has made
    assert not any(index in step for step in plans(store, statements))


@contextmanager
def noted() -> Iterator[list[tuple[str, Any]]]:
    """Every SELECT that any connection is given meanwhile."""
    found: list[tuple[str, Any]] = []

    def note(connection: Any, cursor: Any, statement: str, given: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            found.append((statement, given))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def plans(store: Store, statements: list[tuple[str, Any]]) -> list[str]:
    with store.db.connect() as connection:
        return [
            row[-1]
            for statement, given in statements
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        ]
