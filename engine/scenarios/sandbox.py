"""A house of its own for each play: tables in memory, a clock moved by hand, counted ids, a customer made up.

Nothing of the installation is read or written: no file, no database, no key, no queue.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from obstore.store import MemoryStore
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from engine.bundles import Bundle, Known, publish
from engine.clock import SHANGHAI
from engine.store import Store, prepare
from engine.tables import Base, Branch, Customer
from engine.vault import BlobStore, Keys, Vault

BEGINS = datetime(2026, 11, 23, 9, 54, tzinfo=SHANGHAI)
"""When every scenario begins: on a working Monday, in the morning."""

CUSTOMER, BRANCH = "specimen", "specimen"
_SEALED = ("id_number", "name", "phone", "account_number", "address", "issuer")


@dataclass
class HandClock:
    """A clock that stands still until it is moved."""

    moment: datetime = BEGINS

    def now(self) -> datetime:
        return self.moment


@dataclass
class CountedIds:
    """Ids in the order in which they were asked for."""

    counter: Iterator[int] = field(default_factory=lambda: count(1))

    def new(self) -> str:
        return f"{next(self.counter):032x}"


class Sandbox:
    """Where the scenarios of one bundle are played, each in a copy of the same furnished house."""

    def __init__(self, bundle: Bundle, known: Known) -> None:
        self.bundle, self.known = bundle, known
        self.vault = _vault()
        self._furnished = _in_memory()
        Base.metadata.create_all(self._furnished)
        with self._store(self._furnished).write() as tx:
            tx.add(Branch(id=BRANCH, name="样例分支机构", name_en="Specimen branch"))
            tx.flush()
            tx.add(_customer())
            publish(tx, bundle, "scenario", "scenario", BEGINS)

    @contextmanager
    def house(self) -> Iterator[Store]:
        """A store in which nothing has happened yet; gone when the block ends."""
        engine = _in_memory()
        try:
            with self._furnished.connect() as before, engine.connect() as after:
                _copy(before.connection.driver_connection, after.connection.driver_connection)
            yield self._store(engine)
        finally:
            engine.dispose()

    def close(self) -> None:
        self._furnished.dispose()

    def _store(self, engine: Engine) -> Store:
        return Store(engine, HandClock(), CountedIds(), self.vault, self.known.services, self.known)


def _copy(before: object, after: object) -> None:
    before.backup(after)  # type: ignore[attr-defined]  # SQLite's own connections


def _in_memory() -> Engine:
    """A database of one connection, which goes with it."""
    options = {"check_same_thread": False}
    return prepare(create_engine("sqlite://", poolclass=StaticPool, connect_args=options, hide_parameters=True))


def _vault() -> Vault:
    keys = Keys("k1", "k1", {"k1": secrets.token_bytes(32)})
    return Vault(keys, BlobStore(keys, MemoryStore()))


def _customer() -> Customer:
    """The engine never opens what is sealed of a person; here is nothing sealed that could be opened."""
    nothing = dict.fromkeys(_SEALED, b"-")
    return Customer(
        id=CUSTOMER, id_index=CUSTOMER, account_type="-", id_long_term=True, branch_id=BRANCH, **nothing
    )  # fmt: skip
