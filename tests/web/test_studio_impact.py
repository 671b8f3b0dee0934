"""What a version would mean is tried beside the requests: how far it is, that it broke off, and begun again."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from engine import migration, trial_runs
from engine.actors import Actor
from engine.cases import open_case
from engine.migration import Order
from engine.migration.kept import impact_in, keep, subject_of
from engine.store import Store
from engine.tables import KeptImpact, Proposal, Staff
from tests.flow.editions import with_income
from tests.house import SETTINGS
from tests.web.conftest import MAIN, ON_BOTH, WANG, HandClock, post
from tests.web.studio import handed_in, over, reworded
from webapp.studio import asked
from webapp.studio.tried_apart import start_impact

INCOME = Order(MAIN, with_income().hash, "")


@pytest.fixture
def running(store: Store) -> str:
    return open_case(store, business=MAIN, customer_id=WANG.id, branch_id="east", settings=SETTINGS)


@pytest.fixture
def by(analyst: FlaskClient, store: Store) -> Actor:
    with store.read() as tx:
        key = tx.scalars(select(Staff.id).where(Staff.login == "ana")).one()
    return Actor("staff", key, key, frozenset({"analyst"}))


@pytest.fixture
def there(analyst: FlaskClient, running: str) -> str:
    """The page of a proposal's impact."""
    return f"{handed_in(analyst, ('business.json', reworded())).request.path}/impact"


def subject(store: Store, there: str) -> str:
    with store.read() as tx:
        row = tx.get_one(Proposal, there.split("/")[-2])
        return subject_of(Order(row.business, row.bundle_hash, ""))


def test_a_process_of_its_own_says_what_is_said_in_this_one(
    analyst: FlaskClient, store: Store, by: Actor, running: str, there: str
) -> None:
    start_impact(store, with_income(), INCOME, by)
    over()
    with store.read() as tx:
        kept = impact_in(tx.get_one(KeptImpact, subject_of(INCOME)))
        assert trial_runs.run_of(tx, subject_of(INCOME)) is None
    assert kept == migration.impact(store, with_income()) and kept.kinds["clean"] == 1
    assert post(analyst, there, analyst.get(there)).status_code == 303
    over()
    assert "1 件在办受理单，每一件都在副本上试过" in analyst.get(there).text


@ON_BOTH
def test_how_far_it_is_stands_on_the_page_and_a_killed_web_process_is_said(
    analyst: FlaskClient, store: Store, by: Actor, there: str, clock: HandClock
) -> None:
    """With and without scripts: the page asks for a part of itself, and a link looks again."""
    run = trial_runs.begin(store, subject(store, there), by)
    assert "正在准备沙盒" in analyst.get(there).text
    trial_runs.beat(store, run, subject(store, there), 200, 10_000)
    page = analyst.get(there).text
    assert "已试 200 件，共 10000 件" in page and f'hx-get="{there}/progress"' in page and f'href="{there}"' in page
    assert "试一遍</button>" not in page
    asked = analyst.get(f"{there}/progress")
    assert "已试 200 件" in asked.text and "HX-Redirect" not in asked.headers
    clock.pass_by(seconds=61)
    assert analyst.get(f"{there}/progress").headers["HX-Redirect"] == there
    page = analyst.get(there)
    assert "试到一半中断了，没有结果" in page.text and "在副本上试一遍</button>" in page.text
    assert trial_runs.begin(store, subject(store, there), by) != run
    trial_runs.beat(store, run, subject(store, there), 400, 10_000)
    assert "已试 400 件" not in analyst.get(there).text, "the first is alive after all and has lost its place"


def test_a_process_that_is_ended_in_the_midst_leaves_a_trial_that_says_so(
    analyst: FlaskClient, store: Store, by: Actor, running: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control is the first test, where it is let be."""
    monkeypatch.setattr(asked, "SECONDS", 0.01)
    start_impact(store, with_income(), INCOME, by)
    over()
    with store.read() as tx:
        row = trial_runs.run_of(tx, subject_of(INCOME))
        assert row and row.broken_at and tx.query(KeptImpact).count() == 0


def test_what_nobody_asked_again_for_a_month_goes(store: Store, by: Actor, running: str, clock: HandClock) -> None:
    found = migration.impact(store, with_income())
    keep(store, INCOME, found, by)
    clock.pass_by(days=31)
    keep(store, Order(MAIN, with_income().hash, "", step="review"), found, by)
    with store.read() as tx:
        assert tx.query(KeptImpact).count() == 1
