"""Whether the staff can do what the diagrams ask of it: said before a case waits for nobody."""

from __future__ import annotations

import pytest

from engine import staff
from engine.bundles import businesses
from engine.company.serving import unserved
from engine.store import Store
from tests.flow.test_staff_leaving import employ
from tests.house import SETTINGS, customer, known


def lacking(store: Store, **settings: object) -> list[str]:
    with store.read() as tx:
        bundles = businesses(tx, known(), store.clock.now())
        return [problem.en for problem in unserved(tx, bundles, {**SETTINGS, **settings})]


@pytest.fixture
def administered(store: Store) -> Store:
    employ(store, "luo", "administrator")
    return store


def test_without_an_administrator_nobody_could_let_anybody_in(store: Store) -> None:
    assert lacking(store)[0].startswith("there is no administrator who may sign in")
    employ(store, "luo", "administrator")
    assert not any("administrator" in one for one in lacking(store))


def test_a_branch_with_customers_needs_somebody_for_each_role_of_the_diagrams(administered: Store) -> None:
    """Both customers belong to the north; nobody asks for anybody in the south."""
    said = "branch north has customers and nobody who is a {}: its cases would wait for ever (kaihu staff add)"
    assert lacking(administered) == [said.format("reviewer"), said.format("verifier")]
    employ(administered, "zhao", "reviewer")
    assert lacking(administered) == [said.format("verifier")]
    employ(administered, "qian", "verifier")
    assert lacking(administered) == []
    with administered.write() as tx:
        row = customer("sun")
        row.branch_id = "south"
        tx.add(row)
    assert len(lacking(administered)) == 2


def test_who_is_locked_serves_nobody(administered: Store) -> None:
    employ(administered, "zhao", "reviewer", "verifier")
    employ(administered, "qian", "reviewer")
    assert lacking(administered) == []
    staff.lock(administered, "qian", employ(administered, "boss", "administrator"))
    assert len(lacking(administered)) == 1, "zhao is alone"
    staff.lock(administered, "zhao", employ(administered, "chief", "administrator"))
    assert len(lacking(administered)) == 2


def test_steps_that_are_kept_apart_need_two_people(administered: Store) -> None:
    """Who did the video may not review: one colleague with both roles leaves the case at the second step."""
    employ(administered, "zhao", "reviewer", "verifier")
    [said] = lacking(administered)
    assert said.startswith("in branch north two people must do the steps video_verification and review, and one person")
    employ(administered, "qian", "verifier")
    assert lacking(administered) == []


def test_a_second_review_that_is_switched_on_needs_a_second_reviewer(administered: Store) -> None:
    """Switched off, as shipped, it needs nobody: the settings alone say that no case comes to it."""
    employ(administered, "zhao", "reviewer")
    employ(administered, "qian", "verifier")
    assert lacking(administered) == []
    [said] = lacking(administered, second_review=True)
    assert "the steps review and second_review, and one person alone may" in said
    employ(administered, "sun", "reviewer")
    assert lacking(administered, second_review=True) == []
