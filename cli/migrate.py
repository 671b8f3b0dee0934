"""`kaihu migrate`: bring the database to this version's tables."""

from __future__ import annotations

import click

from cli.installation import installation
from cli.preparing import bring_tables


@click.command()
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def migrate(data: str | None) -> None:
    """Bring the database to this version's tables. `up` does it by itself."""
    place = installation(data)
    place.prepare()
    bring_tables(place)
    click.echo(f"the database is up to date: {place.data}")
