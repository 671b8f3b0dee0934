"""The write unit: one intention of a person is one transaction, and nothing else commits."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from engine.changes import Tell, Unit, nobody
from engine.clock import Clock
from engine.errors import Conflict, NoRoom
from engine.ids import Ids
from engine.services import ServiceSpec
from engine.turns import Turns

if TYPE_CHECKING:
    from engine.bundles import Known
    from engine.vault import Vault

T = TypeVar("T")
_writing: ContextVar[bool] = ContextVar("kaihu_writing", default=False)
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000", "secure_delete=ON")
_LOST = {"40001", "40P01"}  # PostgreSQL: serialization failure, deadlock
_TWICE = "23505"  # PostgreSQL: unique violation
_FULL = {"53100"}  # PostgreSQL: disk full
_TRIES = 4


def connect(url: str, **options: Any) -> Engine:
    """An engine for SQLite or PostgreSQL that keeps the promises of the write unit."""
    if url.startswith(("postgresql://", "postgres://")):
        url = "postgresql+psycopg://" + url.split("://", 1)[1]
    return prepare(create_engine(url, hide_parameters=True, **options))


def prepare(engine: Engine) -> Engine:
    """Make an existing engine keep the promises; for an engine that a framework has made."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
    return engine


def one_moment(dialect: str) -> dict[str, Any]:
    """What a reading connection is told, so that all it reads is of one moment. SQLite's is so by itself."""
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if dialect == "postgresql" else {}


def _set_up(connection: Any, _: object) -> None:
    connection.isolation_level = None  # pysqlite would begin too late; we say BEGIN ourselves
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    """A DEFERRED snapshot can't be upgraded to a writer's, so a write unit asks for IMMEDIATE."""
    connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("sqlite_begin", "DEFERRED"))


@dataclass
class Store:
    """Where cases live, and everything that the engine is given from outside.

    `known` is what bundles are read with: the names of services and settings, and how forms declare facts. `tell` is
    told what a unit has changed, when it is written.
    """

    db: Engine
    clock: Clock
    ids: Ids
    vault: Vault
    services: Mapping[str, ServiceSpec] = field(default_factory=dict)
    known: Known | None = None
    tell: Tell = nobody

    @cached_property
    def _turns(self) -> Turns:
        return Turns(self.db)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """The only place that commits. All or nothing; raises Conflict or NoRoom when nothing was written."""
        if _writing.get():
            raise RuntimeError("a write unit inside a write unit would be two intentions in one")
        token = _writing.set(True)
        try:
            with _refusals(), self._turns.turn(), Unit(self.db, expire_on_commit=False) as tx:
                tx.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
                yield tx
                tx.commit()
        finally:
            _writing.reset(token)
        self.tell(tx.changed)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment and never writes."""
        with Session(self.db, expire_on_commit=False, autoflush=False) as tx:
            tx.connection(execution_options=one_moment(self.db.dialect.name))
            yield tx

    def unit(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a write unit; a lost race is tried again a few times before it becomes the caller's."""
        for _ in range(_TRIES - 1):
            try:
                return self._once(work)
            except Conflict:
                continue
        return self._once(work)

    def _once(self, work: Callable[[Session], T]) -> T:
        with self.write() as tx:
            return work(tx)


@contextmanager
def _refusals() -> Iterator[None]:
    """Say in the engine's words what a database or a disk could not do."""
    try:
        yield
    except StaleDataError as lost:
        raise Conflict(str(lost)) from lost
    except DBAPIError as wrong:
        raise _translated(wrong) from wrong
    except OSError as wrong:
        if wrong.errno == errno.ENOSPC:
            raise NoRoom from wrong
        raise


def _translated(wrong: DBAPIError) -> Exception:
    text, code = str(wrong.orig), getattr(wrong.orig, "sqlstate", None)
    if "disk is full" in text or code in _FULL:
        return NoRoom()
    twice = isinstance(wrong, IntegrityError) and ("UNIQUE" in text or code == _TWICE)
    if twice or "database is locked" in text or code in _LOST:
        return Conflict(type(wrong.orig).__name__)
    return wrong
