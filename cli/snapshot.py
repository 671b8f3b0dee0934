"""One moment of the database as a file, and back: SQLite by VACUUM INTO, PostgreSQL by pg_dump and pg_restore."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

import click
from sqlalchemy import inspect
from sqlalchemy.engine import URL, make_url

from engine.store import connect

SQLITE, POSTGRES = "kaihu.db", "kaihu.dump"
"""The file's name says which database it is of."""
NOBODYS = ("--no-owner", "--no-privileges")
"""Another server has other users."""


def name_for(url: str) -> str:
    """What a snapshot of this database is called."""
    return SQLITE if make_url(url).get_backend_name() == "sqlite" else POSTGRES


def take(url: str, file: Path) -> None:
    """Write the snapshot; people go on working meanwhile. Nothing that was deleted is in it."""
    address = make_url(url)
    if name_for(url) == POSTGRES:
        _run("pg_dump", address, "--format=custom", *NOBODYS, f"--file={file}")
        return
    assert address.database is not None
    source = sqlite3.connect(address.database, isolation_level=None)
    try:
        source.execute("VACUUM INTO ?", (str(file),))
    finally:
        source.close()


def put_back(file: Path, url: str) -> None:
    """Fill an empty database from a snapshot; all of it or nothing."""
    address = make_url(url)
    if file.name != name_for(url):
        kinds = {SQLITE: "SQLite", POSTGRES: "PostgreSQL"}
        raise click.ClickException(
            f"this is a backup of {kinds[file.name]}, and this installation is on {kinds[name_for(url)]}: "
            "set DATABASE_URL to an empty database of that kind, or leave it unset for SQLite"
        )
    refuse_filled(url)
    if file.name == POSTGRES:
        _run("pg_restore", address, "--exit-on-error", "--single-transaction", *NOBODYS, str(file))
        return
    assert address.database is not None
    shutil.copyfile(file, address.database)


def refuse_filled(url: str) -> None:
    """Putting a backup over something would lose that."""
    engine = connect(url)
    try:
        filled = bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()
    if filled:
        raise click.ClickException(
            "the database is not empty, and nothing was changed: make an empty one for the backup"
        )


def _run(tool: str, address: URL, *options: str) -> None:
    """PostgreSQL's own tools read the password from the environment: a command line is open to everybody."""
    if shutil.which(tool) is None:
        raise click.ClickException(
            f"{tool} is not installed: it comes with PostgreSQL's client (apt: postgresql-client)"
        )
    plain = address._replace(drivername="postgresql", password=None)  # `set` would leave the password in
    secret = {"PGPASSWORD": str(address.password)} if address.password is not None else {}
    words = [tool, *options, f"--dbname={plain.render_as_string(hide_password=False)}"]
    done = subprocess.run(words, env={**os.environ, **secret}, capture_output=True, text=True)
    if done.returncode:
        raise click.ClickException(f"{tool} did not succeed: {done.stderr.strip()[-500:]}")
