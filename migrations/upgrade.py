"""Bringing a database to this version's tables, without Flask and without an ini file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from engine.store import connect

FOLDER = Path(__file__).parent


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the database at this address: all of the way or not at all; nothing happens when it is up to date."""
    config = configuration()
    with _connection(url) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_current(url: str) -> bool:
    """Whether the database has exactly this version's tables."""
    with _connection(url) as connection:
        found = MigrationContext.configure(connection).get_current_heads()
    return set(found) == set(ScriptDirectory.from_config(configuration()).get_heads())


@contextmanager
def _connection(url: str) -> Iterator[Connection]:
    engine = connect(url)
    try:
        with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as connection:
            yield connection
    finally:
        engine.dispose()


def configuration() -> Config:
    """Alembic's settings: where the versions are."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config
