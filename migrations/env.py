"""What Alembic runs: for `migrate(url)` on a given connection, for Flask-Migrate or `-x url=URL` on one of its own."""

from __future__ import annotations

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection, text

from engine.store import connect
from engine.tables import Base, Moment

ONE_AT_A_TIME = 7_204_511  # PostgreSQL advisory lock: two servers that start together upgrade one after the other


def run(connection: Connection) -> None:
    """Upgrade in one transaction, on SQLite too."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render,
        compare_type=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
        context.run_migrations()


def render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Versions name plain types: a class of ours may change, an old version may not."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Moment) else False


def url_given() -> str:
    """The database named on the command line, by the Flask app, or by the environment."""
    named = context.get_x_argument(as_dictionary=True).get("url")
    return str(named) if named else _flask_url() or os.environ["DATABASE_URL"]


def _flask_url() -> str | None:
    """The URL of the app's engine; its connections serve reads alone, so that only the address is taken."""
    try:
        from flask import current_app

        engine = current_app.extensions["migrate"].db.engine
    except (ImportError, RuntimeError, KeyError):
        return None
    return str(engine.url.render_as_string(hide_password=False))


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = connect(url_given())
    with engine.connect().execution_options(sqlite_begin="IMMEDIATE") as own:
        run(own)
    engine.dispose()
