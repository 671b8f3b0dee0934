"""The store of an installation, for commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from cli.installation import Installation, installation
from cli.known import known
from engine.clock import SystemClock
from engine.company import Company, load
from engine.ids import RandomIds
from engine.store import Store, connect
from engine.vault import KeyMissing, open_vault
from workers.catalogue import SERVICES


def store_of(place: Installation) -> Store:
    """KeyMissing when the folder was never set up."""
    vault = open_vault(place.keys, place.data / "blobs")
    return Store(connect(place.database_url), SystemClock(), RandomIds(), vault, SERVICES, known())


@contextmanager
def opened(data: str | None) -> Iterator[Store]:
    """The store of the installation in `data`, for one command; a folder that was never set up is said in words."""
    place = installation(data)
    try:
        store = store_of(place)
    except KeyMissing as wrong:
        raise click.ClickException(f"{wrong}. {place.data} was never set up (kaihu up), or lost its keys") from wrong
    try:
        yield store
    except (OperationalError, ProgrammingError) as wrong:
        raise click.ClickException(f"the database cannot be used: {wrong.orig} (kaihu doctor says more)") from wrong
    finally:
        store.db.dispose()


def company_of(place: Installation) -> Company:
    """The company's record as it is stored."""
    store = store_of(place)
    try:
        with store.read() as tx:
            return load(tx)
    finally:
        store.db.dispose()
