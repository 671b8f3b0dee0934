"""Which version a case has, and which ones an analyst may publish while cases are on their way."""

from __future__ import annotations

from collections.abc import Callable

from engine.bundles import Bundle, versions
from engine.cases.holding import pinned
from engine.store import Store
from engine.tables import Case
from tests.flow.editions import with_another_button, with_income
from tests.house import CHANGE, drawn
from tests.walk import Walk

EDITIONS: tuple[Callable[[], Bundle], ...] = (lambda: drawn(CHANGE), with_income, with_another_button)
"""As it is drawn, with one more step, with another text."""


def edition(walk: Walk) -> Bundle:
    """The version that a case has."""
    with walk.store.read() as tx:
        return pinned(walk.store, tx, tx.get_one(Case, walk.id))


def standing(store: Store) -> list[str]:
    """The versions that were not taken back, the one in use last."""
    with store.read() as tx:
        return [one.hash for one in reversed(versions(tx, CHANGE, store.clock.now())) if one.withdrawn is None]
