"""Whether the staff can do what the diagrams ask of it: said before a case waits for nobody."""

from __future__ import annotations

import pytest

from engine import staff
from engine.bundles import businesses
from engine.company.serving import unserved
from engine.store import Store
from tests.flow.test_staff_leaving import employ
from tests.house import customer, known


def lacking(store: Store) -> list[str]:
    with store.read() as tx:
        return [problem.en for problem in unserved(tx, businesses(tx, known()))]


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
    assert lacking(administered) == []
    staff.lock(administered, "zhao", employ(administered, "chief", "administrator"))
    assert len(lacking(administered)) == 2
