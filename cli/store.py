"""The store of an installation, for commands."""

from __future__ import annotations

from cli.installation import Installation
from cli.known import known
from engine.clock import SystemClock
from engine.company import Company, load
from engine.ids import RandomIds
from engine.store import Store, connect
from engine.vault import open_vault
from workers.catalogue import SERVICES


def store_of(place: Installation) -> Store:
    """KeyMissing when the folder was never set up."""
    vault = open_vault(place.keys, place.data / "blobs")
    return Store(connect(place.database_url), SystemClock(), RandomIds(), vault, SERVICES, known())


def company_of(place: Installation) -> Company:
    """The company's record as it is stored."""
    store = store_of(place)
    with store.read() as tx:
        return load(tx)
