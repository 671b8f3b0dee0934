"""Versions of the larger business to migrate to, and cases that were migrated there."""

from __future__ import annotations

from functools import cache

from engine import migration
from engine.bundles import Bundle, publish
from engine.migration import Order
from engine.store import Store
from tests.flow import redrawn
from tests.house import staff

ANALYST = staff("qian", "analyst")
RENAMED = {"basic_data": "personal_data"}


@cache
def renamed() -> Bundle:
    return redrawn.bundle(redrawn.renamed(redrawn.of(), "basic_data", "personal_data"))


@cache
def without_notice() -> Bundle:
    return redrawn.bundle(redrawn.without(redrawn.of(), "bank_notice", "bank_notice_back"))


@cache
def without_warning() -> Bundle:
    return redrawn.bundle(redrawn.without(redrawn.of(), "idle_warning", "warned"))


@cache
def with_reminder() -> Bundle:
    return redrawn.bundle(redrawn.with_event(redrawn.of(), "bank_cards", "hurry"))


def offered(store: Store, bundle: Bundle) -> str:
    """The version, published."""
    with store.write() as tx:
        publish(tx, bundle, "another", "test", store.clock.now())
    return bundle.hash


def migrated(store: Store, bundle: Bundle, *, homes: dict[str, str] | None = None, step: str | None = None) -> str:
    """An order for all cases there, worked off; its id."""
    order = Order(bundle.business.id, offered(store, bundle), "收入要问", homes or {}, step=step)
    order_id = migration.begin(store, order, ANALYST)
    while not migration.go_on(store, order_id, ANALYST).ended:
        pass
    return order_id


def told(store: Store, order: str) -> list[tuple[str | None, list[str]]]:
    with store.read() as tx:
        return [(each.result, [cause.code for cause in each.causes]) for each in migration.results(tx, order)]
