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


class BadTables(Exception):
    """The database cannot be brought to this version's tables; it is as it was. The message says what to do."""


def migrate(url: str, revision: str = "head") -> None:
    """Upgrade the database at this address: all of the way or not at all; nothing happens when it is up to date."""
    config = configuration()
    with _connection(url) as connection:
        refuse_newer(connection)
        connection.rollback()
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except Exception as wrong:
            raise BadTables(_failed(wrong)) from wrong


def is_current(url: str) -> bool:
    """Whether the database has exactly this version's tables; BadTables when they are a newer version's."""
    with _connection(url) as connection:
        refuse_newer(connection)
        return set(_found(connection)) == set(ScriptDirectory.from_config(configuration()).get_heads())


def refuse_newer(connection: Connection) -> None:
    """Tables that this version has never heard of: going on would lose what it does not know of."""
    known = {each.revision for each in ScriptDirectory.from_config(configuration()).walk_revisions()}
    if unknown := [each for each in _found(connection) if each not in known]:
        raise BadTables(
            f"the database has the tables of a newer Kaihu ({', '.join(unknown)}; this one knows {max(known)}), and "
            "nothing was done. Start that newer version (git pull), or put a backup from before the upgrade into "
            "another folder: --data DIR"
        )


def _found(connection: Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()


def _failed(wrong: Exception) -> str:
    cause = " ".join(str(getattr(wrong, "orig", None) or wrong).split())[:200]
    return (
        f"the tables could not be brought to this version: {type(wrong).__name__}: {cause}. Nothing was changed: the "
        "version that you came from runs on them as before. Mend the cause and start again"
    )


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
