"""Walks by chance over the drawn businesses: never stuck, the inbox is the state, and each comes to an end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.store import Store
from tests.conftest import DATABASES
from tests.flow.conftest import WALKS
from tests.flow.wander.ground import Ground
from tests.flow.wander.starts import STARTS
from tests.flow.wander.walking import walk_by_chance

ON_POSTGRES = ("first page", "two in line", "review after a video", "refused by the account")


Record = Callable[[str, object], None]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("start", STARTS)
def test_a_walk_from_here_is_never_stuck_and_comes_to_an_end(store: Store, start: str, record_property: Record) -> None:
    record_property(WALKS, walk_by_chance(Ground(store, STARTS[start]), walks=11))


@pytest.mark.parametrize("database_url", [DATABASES[1]], indirect=True)
@pytest.mark.parametrize("start", ON_POSTGRES)
def test_so_it_is_on_postgres(store: Store, start: str, record_property: Record) -> None:
    record_property(WALKS, walk_by_chance(Ground(store, STARTS[start]), walks=5))
