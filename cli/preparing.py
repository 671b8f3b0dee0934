"""Bring a data folder to the state in which the product can run: keys, tables, published businesses, demonstration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
from sqlalchemy import inspect

from cli.installation import Installation
from cli.known import known
from cli.store import store_of
from engine.bundles import BadBundle, in_use, load_folder, publish
from engine.company import default_company, save
from engine.store import Store, connect
from engine.tables import CompanyRow
from engine.vault import KeyMissing, make_keys
from migrations.upgrade import BadTables, migrate
from workers.drivers.account_http import NotSetUp, account_system

ROOT = Path(__file__).resolve().parent.parent
NOT_A_BUSINESS = "shared"


def prepare(
    place: Installation, *, demonstration: bool, say: Callable[[str], None], heed: Callable[[], None] = lambda: None
) -> Store:
    """Everything that `up` does before it starts the parts; doing it again changes nothing.

    `heed` is asked between the stages: it raises when the start is to be given up.
    """
    if not place.keys.exists():
        refuse_lost_keys(place)
        make_keys(place.keys)
    bring_tables(place)
    heed()
    store = opened(place)
    set_up_company(place, store, demonstration)
    for business in businesses_of(ROOT):
        publish_first(store, business, say)
        heed()
    refuse_unfit_account_system(place, store)
    if company_row(store).demonstration:
        from cli.demonstration.loading import load_people

        load_people(place, store, known())
    return store


def bring_tables(place: Installation) -> None:
    """The tables of this version; in words where that cannot be."""
    try:
        migrate(place.database_url)
    except BadTables as wrong:
        raise click.ClickException(str(wrong)) from wrong


def refuse_unfit_account_system(place: Installation, store: Store) -> None:
    """Found now, not when the first customer signs in. Sample people never reach a real account system."""
    if place.account_system_url and company_row(store).demonstration:
        cure = "unset ACCOUNT_SYSTEM_URL, or start with --no-demo --data DIR"
        raise click.ClickException(f"a demonstration has sample customers of its own: {cure}")
    try:
        account_system(store, place.account_system_url, place.data)
    except NotSetUp as wrong:
        raise click.ClickException(f"{wrong} (docs/account-system.md)") from wrong


def refuse_lost_keys(place: Installation) -> None:
    """New keys beside old data would open none of it."""
    database = connect(place.database_url)
    try:
        filled = inspect(database).has_table(CompanyRow.__tablename__)
    finally:
        database.dispose()
    if filled:
        raise click.ClickException(
            f"{place.keys} is missing, and the database holds what only those keys open. Put the key file back from "
            "its backup, or start afresh in another folder: --data DIR"
        )


def opened(place: Installation) -> Store:
    try:
        return store_of(place)
    except KeyMissing as wrong:
        raise click.ClickException(f"{wrong}. Put the key file of this data folder back: {place.keys}") from wrong


def set_up_company(place: Installation, store: Store, demonstration: bool) -> None:
    """The first start decides whether a folder holds a demonstration; later ones may not mix the two."""
    row = company_row(store, missing_ok=True)
    if row is None:
        save(store, default_company().document, demonstration=demonstration)
    elif row.demonstration and not demonstration:
        raise click.ClickException(f"{place.data} holds a demonstration; choose another folder: --data DIR --no-demo")


def company_row(store: Store, missing_ok: bool = False) -> CompanyRow:
    with store.read() as tx:
        row = tx.get(CompanyRow, 1)
    assert row is not None or missing_ok
    return row  # type: ignore[return-value]


def businesses_of(root: Path) -> list[str]:
    """The folders under processes/ that are businesses."""
    folders = sorted(path.parent.name for path in (root / "processes").glob("*/business.json"))
    return [name for name in folders if name != NOT_A_BUSINESS]


def publish_first(store: Store, business: str, say: Callable[[str], None]) -> None:
    """Publish a business that was never published. A folder that differs from what is published is told, not used."""
    with store.read() as tx:
        there = in_use(tx, business, store.clock.now())
    try:
        bundle = load_folder(ROOT, business, known())
    except BadBundle:
        if there is None:
            raise
        say(f"{business}: the folder has faults (kaihu process lint {business}); the published version stays in use")
        return
    if there is None:
        with store.write() as tx:
            publish(tx, bundle, "随软件提供的版本", "kaihu", store.clock.now())
    elif there != bundle.hash:
        say(f"{business}: the folder differs from the published version, which stays in use "
            "(kaihu process publish makes a new version)")  # fmt: skip


__all__ = ["BadBundle", "businesses_of", "prepare"]
