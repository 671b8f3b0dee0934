"""What a version would mean for running cases is said place by place, each tried on a copy, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from engine import migration
from engine.interpreter import Run
from engine.migration import BLOCKED, CLEAN, NEEDS_MAPPING, UNTOUCHED, Cause, Trial
from engine.migration.homes import BadHomes, checked, read_homes
from engine.migration.order import come_to, passed_by
from engine.store import Store
from engine.tables import Base
from tests.flow import redrawn
from tests.flow.editions import with_another_button, with_income
from tests.flow.migrated import RENAMED, renamed, with_reminder, without_notice, without_warning
from tests.golden.archives import Golden, goldens
from tests.golden.finishing import Finishing
from tests.house import CHANGE, MONDAY, SETTINGS, drawn
from tests.walk import Walk

GOLDEN = [golden for golden in goldens() if golden.business == CHANGE]
PRESENT = next(golden for golden in GOLDEN if golden.bundle.process_hash == drawn(CHANGE).process_hash)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.read() as tx:
        tables = Base.metadata.sorted_tables
        return {table.name: sorted((tuple(row) for row in tx.execute(select(table))), key=repr) for table in tables}


@on_sqlite
def test_a_step_more_or_other_words_leave_everybody_where_he_is(store: Store, walk: Callable[..., Walk]) -> None:
    walk().to_bank_cards()
    assert migration.impact(store, with_income()).kinds[CLEAN] == 1
    assert migration.impact(store, with_another_button()).kinds[UNTOUCHED] == 1
    assert migration.impact(store, drawn(CHANGE)).cases == 0, "they are on it"


def test_the_cases_are_counted_by_place_and_nothing_is_written(store: Store, walk: Callable[..., Walk]) -> None:
    walk().to_bank_cards().cards()
    walk(customer="wang").to_bank_cards().do("bank_cards")
    before, told = everything(store), []
    found = migration.impact(store, without_notice(), progress=lambda done, of: told.append((done, of)))
    assert everything(store) == before and told == [(2, 2)]
    assert {at.place: dict(at.kinds) for at in found.places} == {
        ("bank_notice",): {NEEDS_MAPPING: 1},
        ("read_cards",): {BLOCKED: 1},
    }
    assert found.kinds == {UNTOUCHED: 0, CLEAN: 0, NEEDS_MAPPING: 1, BLOCKED: 1} and found.cases == 2
    assert migration.impact(store, without_notice(), {"bank_notice": "certificate_check"}).kinds[CLEAN] == 1


@pytest.mark.parametrize("golden", GOLDEN, ids=[golden.name for golden in GOLDEN])
def test_states_of_every_version_go_to_one_with_one_more_step(golden: Golden) -> None:
    trial = Trial(golden.bundle, with_income(), {}, SETTINGS)
    for step, text in [*golden.states.items()][:: 1 if golden is PRESENT else 4]:
        before = Run.restore(golden.bundle, text, MONDAY)
        tried = trial.attempt(text, MONDAY)
        assert tried.verdict.kind == CLEAN and tried.run, (step, tried.verdict)
        assert tried.run.steps == before.steps
        kept = {due.id: due for due in tried.run.timers}
        assert all(kept[due.id] == due for due in before.timers)


@pytest.mark.parametrize(
    ("version", "homes", "place", "causes"),
    [
        (renamed, {}, "basic_data", [Cause("step", ("basic_data",))]),
        (renamed, RENAMED, "basic_data", []),
        (without_notice, {}, "bank_notice", [Cause("step", ("bank_notice",))]),
        (without_notice, {"bank_notice": "certificate_check"}, "bank_notice", []),
        (without_notice, {}, "review", []),
        (without_warning, {}, "review", [Cause("waits", ("idle_warning",))]),
        (without_warning, {"idle_warning": ""}, "review", []),
        (without_warning, {}, "handle_refusal", []),
        (with_reminder, {}, "bank_cards", []),
    ],
    ids=["renamed", "renamed, told", "gone", "gone, told", "gone elsewhere", "an event gone", "an event gone, told",
         "an event gone that is waited for no more", "an event more"],
)  # fmt: skip
def test_what_has_no_place_is_named(version: Callable, homes: dict[str, str], place: str, causes: list[Cause]) -> None:  # type: ignore[type-arg]
    verdict = Trial(drawn(CHANGE), version(), homes, SETTINGS).judge(PRESENT.states[place], MONDAY)
    assert [Cause(each.code, each.what) for each in verdict.causes] == causes
    assert verdict.kind == (NEEDS_MAPPING if causes else CLEAN)
    assert all(each.offers for each in verdict.causes)


def test_a_case_that_was_put_on_another_version_is_finished_there_by_every_branch() -> None:
    """From the one place where a step was renamed and one with a new event: whatever may happen happens, every end."""
    both = redrawn.with_event(redrawn.renamed(redrawn.of(), "basic_data", "personal_data"), "review", "hurry")
    target = redrawn.bundle(both)
    trial = Trial(drawn(CHANGE), target, RENAMED, SETTINGS)
    finishing = Finishing(target)
    for step in ("basic_data", "review"):
        run = trial.attempt(PRESENT.states[step], MONDAY).run
        assert run is not None
        finishing.finish(run.dump(), MONDAY)
    assert {"succeeded", "failed", "abandoned", "expired"} <= finishing.ends


@pytest.mark.parametrize(
    ("place", "passed", "ahead"),
    [("upload_photos", False, True), ("basic_data", False, True), ("bank_cards", True, False), ("review", True, False)],
)
def test_what_lies_before_a_place_is_passed_by_though_a_way_leads_back(place: str, passed: bool, ahead: bool) -> None:
    assert passed_by(with_income(), ["income"], [place]) == ({"income"} if passed else set())
    assert come_to(with_income(), ["income"], [place]) == ({"income"} if ahead else set())


@pytest.mark.parametrize("said", ["basic_data", "=basic_data", ""])
def test_a_mapping_is_written_old_is_new(said: str) -> None:
    with pytest.raises(BadHomes, match="OLD=NEW"):
        read_homes([said])


@pytest.mark.parametrize(
    ("homes", "why"),
    [({"basic_data": "nowhere"}, "has no nowhere"), ({"review": "personal_data"}, "still has review")],
)
def test_a_mapping_leads_from_what_is_gone_to_what_is_there(homes: dict[str, str], why: str) -> None:
    """Nothing is skipped by it: who stands at a step that the version has stays there."""
    with pytest.raises(BadHomes, match=why):
        checked(renamed(), homes)
    assert checked(renamed(), RENAMED) == RENAMED and read_homes([" a = b", "c="]) == {"a": "b", "c": ""}
