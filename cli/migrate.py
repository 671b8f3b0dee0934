"""`kaihu migrate`: bring the database to this version's tables."""

from __future__ import annotations

import click

from cli.installation import installation
from migrations.upgrade import migrate as upgrade


@click.command()
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def migrate(data: str | None) -> None:
    """Bring the database to this version's tables. `up` does it by itself."""
    place = installation(data)
    place.prepare()
    upgrade(place.database_url)
    click.echo(f"the database is up to date: {place.data}")
