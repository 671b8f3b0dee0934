"""Two people meet in a fixed order: the guards decide, and without them both would win."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from engine import appointments
from engine.cases import Completion, abandon, complete
from engine.company import default_company, read_company
from engine.errors import Conflict
from engine.interpreter import Run
from engine.store import Store
from engine.tables import Case, Submission, Task
from tests.conftest import DATABASES
from tests.crash.interleaving import PATIENCE, outcome, pausing
from tests.house import CHANGE, count_rows, drawn, investor
from tests.walk import Walk

pytestmark = pytest.mark.crash


def _submit(store: Store, task: Task, who: str) -> Callable[[], object]:
    return lambda: complete(store, Completion(task.id, investor(), who))


def _give_up(store: Store, task: Task, who: str) -> Callable[[], object]:
    return lambda: abandon(store, task.case_id, investor(), who)


@pytest.mark.parametrize(
    ("first", "second", "loser"),
    [
        pytest.param(_submit, _submit, "Stale", id="complete, complete"),
        pytest.param(_give_up, _submit, "Stale", id="abandon, complete"),
        pytest.param(_submit, _give_up, "won", id="complete, abandon"),
        pytest.param(_give_up, _give_up, "Stale", id="abandon, abandon"),
    ],
)
def test_the_second_waits_for_the_first_and_sees_what_it_did(
    store: Store,
    first: Callable[[Store, Task, str], Callable[[], object]],
    second: Callable[[Store, Task, str], Callable[[], object]],
    loser: str,
) -> None:
    task, paused = Walk(store).task("upload_photos"), pausing(store)
    one: list[str] = []
    two: list[str] = []
    leading = outcome(first(paused, task, "one"), one)
    assert paused.reached.wait(PATIENCE)
    following = outcome(second(store, task, "two"), two)
    assert two == [], "the first has not committed yet"
    paused.go_on.set()
    leading.join(PATIENCE)
    following.join(PATIENCE)
    assert (one, two) == (["won"], [loser])


class Careless:
    """Checks in one transaction and writes in another, which is what the write unit forbids."""

    def __init__(self, store: Store, task_id: str, who: str) -> None:
        self.store, self.who = store, who
        with store.read() as tx:
            self.task = tx.get_one(Task, task_id)
            self.case = tx.get_one(Case, self.task.case_id)
        assert self.task.closed_at is None

    def write(self, version: bool) -> None:
        """Complete what was open when it was read; with `version`, the mapper still compares the version column."""
        now = self.store.clock.now()
        run = Run.restore(drawn(CHANGE), self.case.state, now)
        run.complete(self.task.id, {})
        with self.store.write() as tx:
            if version:
                tx.merge(self.case, load=False).state = run.dump()
            else:
                tx.execute(update(Case).where(Case.id == self.case.id).values(state=run.dump()))
            tx.add(_submission(self.case, self.task, self.who))


def _submission(case: Case, task: Task, who: str) -> Submission:
    same = {"digest": "", "answers": b"", "outcome": {}, "kind": "submit", "round": 1}
    return Submission(id=who, case_id=case.id, task_id=task.id, step=task.step, by=who, at=case.opened_at, **same)


def test_the_version_column_catches_who_took_no_lock(store: Store) -> None:
    task = Walk(store).task("upload_photos")
    one, two = Careless(store, task.id, "one"), Careless(store, task.id, "two")
    one.write(version=True)
    with pytest.raises(Conflict):
        two.write(version=True)
    with store.read() as tx:
        assert count_rows(tx, Submission) == 1


def test_control_without_lock_and_version_both_win(store: Store) -> None:
    """If this ever fails, the tests above prove nothing."""
    task = Walk(store).task("upload_photos")
    one, two = Careless(store, task.id, "one"), Careless(store, task.id, "two")
    one.write(version=False)
    two.write(version=False)
    with store.read() as tx:
        assert count_rows(tx, Submission) == 2


def _books(store: Store, who: Walk) -> Callable[[], object]:
    """Book the only place of tomorrow morning."""
    record = dict(default_company().document)
    small = read_company({**record, "appointments": {**record["appointments"], "capacity": 1}}, demonstration=False)

    def work(tx: Session) -> object:
        now, case = store.clock.now(), tx.get_one(Case, who.id)
        return appointments.book(tx, small, case, "2026-11-24.am", now, store.ids)

    return lambda: store.unit(work)


def _two_book(store: Store) -> tuple[list[str], list[str]]:
    """One has all but committed when another begins."""
    paused, first, second = pausing(store), Walk(store), Walk(store, customer="wang")
    one: list[str] = []
    two: list[str] = []
    leading = outcome(_books(paused, first), one)
    assert paused.reached.wait(PATIENCE)
    following = outcome(_books(store, second), two)
    following.join(0.5)  # with the lock it cannot end yet
    paused.go_on.set()
    leading.join(PATIENCE)
    following.join(PATIENCE)
    return one, two


def test_the_last_place_is_booked_once(store: Store) -> None:
    assert _two_book(store) == (["won"], ["FullyBooked"])


@pytest.mark.parametrize("database_url", [DATABASES[1]], indirect=True)
def test_control_without_the_branchs_lock_the_last_place_is_booked_twice(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite has one writer at a time; there the write unit itself is the lock."""
    monkeypatch.setattr(appointments, "hold_branch", lambda tx, branch_id: None)
    assert _two_book(store) == (["won"], ["won"])
