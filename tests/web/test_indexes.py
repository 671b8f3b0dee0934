"""Some indexes hold what is open alone, one what a branch has done: the statements that are to use them do."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Executable, text

from benchmarks.statements import Asked, noted, plans
from engine import outbox, rows
from engine.cases import inbox
from engine.claims import tell_lapsed
from engine.store import Store

Ask = Callable[[FlaskClient, Store], object]
USES: dict[str, tuple[Ask, str]] = {
    "a desk's list": (lambda both, _: both.get("/desk"), "ix_tasks_queue"),
    "the branch of a supervisor": (lambda both, _: both.get("/desk/supervise/list"), "ix_tasks_open"),
    "what it has done today": (lambda both, _: both.get("/desk/supervise/list"), "ix_tasks_desk"),
    "claims that lapsed": (lambda _, store: tell_lapsed(store), "ix_tasks_open"),
    "what is open of a case": (lambda _, store: of_case(store, inbox._OPEN), "ix_tasks_open"),
    "jobs that a case awaits": (lambda _, store: of_case(store, inbox._AWAITED), "ix_jobs_awaited"),
    "jobs that are due": (lambda _, store: outbox.due(store), "ix_jobs_status"),
}


def of_case(store: Store, statement: Executable) -> None:
    with store.read() as tx:
        rows.every(tx, statement, case="any")


def test_the_last_round_of_a_step_is_found_without_the_others(store: Store) -> None:
    with noted() as statements, store.read() as tx:
        rows.first(tx, inbox._LAST_ROUND, case="any", step="review")
    assert steps(store, statements) == ["SEARCH tasks USING INDEX ix_tasks_step (case_id=? AND step=?)"]


@pytest.mark.parametrize("what", USES)
def test_the_index_is_used(what: str, both: FlaskClient, store: Store) -> None:
    ask, index = USES[what]
    with noted() as statements:
        ask(both, store)
    assert any(index in step for step in steps(store, statements)), statements
    assert not {"SCAN tasks", "SCAN jobs"}.intersection(steps(store, statements))
    with store.write() as tx:  # control: what is looked for would be missed
        tx.execute(text(f"DROP INDEX {index}"))
    store.db.dispose()  # a connection keeps the plans that it has made
    assert not any(index in step for step in steps(store, statements))


def steps(store: Store, statements: list[Asked]) -> list[str]:
    return [step for _, step in plans(store.db, statements)]
