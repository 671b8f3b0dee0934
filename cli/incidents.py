"""`kaihu incidents`: jobs that nobody could finish, for an operator."""

from __future__ import annotations

import click

from cli.store import opened
from engine import incidents as waiting
from engine.actors import Actor
from engine.errors import Gone, Stale
from engine.tables import Job

OPERATOR = Actor("system", "operator", "operator")
data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")


@click.group()
def incidents() -> None:
    """Jobs that need somebody."""


@incidents.command("list")
@data_option
def show(data: str | None) -> None:
    """Every incident that waits: its id, since when, the service, the case and the cause."""
    with opened(data) as store, store.read() as tx:
        found = [(each, tx.get_one(Job, each.job_id).service) for each in waiting.listed(tx)]
    for incident, service in found:
        click.echo(f"{incident.id}  {incident.at:%Y-%m-%d %H:%M}  {service}  case {incident.case_id}  {incident.cause}")
    click.echo(f"{len(found)} waiting")


@incidents.command()
@click.argument("incident_id")
@click.option("--note", required=True, help="what was mended; stays in the record")
@data_option
def retry(incident_id: str, note: str, data: str | None) -> None:
    """Send the job of INCIDENT_ID again, once its cause is mended."""
    with opened(data) as store:
        try:
            waiting.retry(store, incident_id, OPERATOR, note)
        except Gone as wrong:
            raise click.ClickException(f"there is no incident {incident_id}") from wrong
        except Stale as wrong:
            raise click.ClickException(f"incident {incident_id} is settled already") from wrong
    click.echo("the job is due again; the relay sends it")
