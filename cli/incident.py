"""`kaihu incident`: jobs that nobody could finish, for an operator."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from cli.incident_words import described, grouped, plain, told
from cli.store import opened
from cli.who import operator
from engine import incidents as waiting
from engine.errors import Conflict, Gone, NotYours, Stale
from engine.incidents import Wish

MOST = 1000
data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")
json_option = click.option("--json", "as_json", is_flag=True, help="for programs")
note_option = click.option("--note", required=True, help="what was mended or looked at; stays in the record")
by_option = click.option("--by", default=None, help="who you are [default: your name on this machine]")
service_option = click.option("--service", default="", help="of this service only")
error_option = click.option("--error", default="", help="of this class of error only")


@click.group()
def incident() -> None:
    """Jobs that need somebody."""


@incident.command("list")
@service_option
@error_option
@click.option("--number", default="", help="a case number or its last digits")
@click.option("--settled", is_flag=True, help="what is settled, newest first, instead of what waits")
@json_option
@data_option
def list_them(service: str, error: str, number: str, settled: bool, as_json: bool, data: str | None) -> None:
    """Every incident that waits, grouped by its cause: service and class of error."""
    with opened(data) as store, store.read() as tx:
        found = waiting.listed(tx, Wish(service, error, number, settled), MOST)
        reports = [waiting.report(store, tx, each.incident.id) for each in found]
    if as_json:
        click.echo(json.dumps([plain(each) for each in reports], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join([*grouped(reports), f"{len(reports)} {'settled' if settled else 'waiting'}"]))


@incident.command()
@click.argument("incident_id")
@json_option
@data_option
def show(incident_id: str, as_json: bool, data: str | None) -> None:
    """What failed, with which input, every try of it, and what may be done now."""
    with opened(data) as store, store.read() as tx, _refusals(incident_id):
        found = waiting.report(store, tx, incident_id)
    click.echo(json.dumps(plain(found), ensure_ascii=False, indent=2) if as_json else "\n".join(described(found)))


@incident.command()
@click.argument("incident_ids", nargs=-1)
@service_option
@error_option
@note_option
@by_option
@json_option
@data_option
def retry(
    incident_ids: tuple[str, ...], service: str, error: str, note: str, by: str | None, as_json: bool, data: str | None
) -> None:
    """Send the jobs again, once their cause is mended: by INCIDENT_IDS, or all of one cause by --service and --error.

    Each is told by itself; the exit code is 1 when one could not be sent.
    """
    if bool(incident_ids) == bool(service and error):
        raise click.UsageError("give either incident ids, or --service and --error together")
    with opened(data) as store:
        with store.read() as tx:
            found = waiting.listed(tx, Wish(service, error), MOST) if service else []
        done = waiting.retry_all(store, incident_ids or [each.incident.id for each in found], operator(by), note)
    for line in told(done, as_json):
        click.echo(line)
    sys.exit(0 if all(each.outcome == "retried" for each in done) else 1)


@incident.command()
@click.argument("incident_id")
@click.option("--result", default="", help="a result that the service may be spared (see `show`)")
@click.option("--leave", is_flag=True, help="let it be: nobody waits for this job")
@note_option
@by_option
@data_option
def resolve(incident_id: str, result: str, leave: bool, note: str, by: str | None, data: str | None) -> None:
    """Settle INCIDENT_ID without its service: vouch for one of its results, or let it be where nobody waits."""
    if bool(result) == leave:
        raise click.UsageError("give either --result or --leave")
    with opened(data) as store, _refusals(incident_id):
        if leave:
            waiting.leave(store, incident_id, operator(by), note)
        else:
            waiting.resolve(store, incident_id, operator(by), result, note)
    click.echo("settled: " + (result or "let be"))


@contextmanager
def _refusals(incident_id: str) -> Iterator[None]:
    """What the engine refuses, as sentences of a command."""
    try:
        yield
    except Gone as wrong:
        raise click.ClickException(f"there is no incident {incident_id}") from wrong
    except Stale as wrong:
        by, at = wrong.closed_by or "the system", f"{wrong.closed_at:%Y-%m-%d %H:%M}" if wrong.closed_at else ""
        raise click.ClickException(f"incident {incident_id} was settled by {by} {at} ({wrong.how})") from wrong
    except NotYours as wrong:
        raise click.ClickException(f"{wrong}: retry it, or give a result (kaihu incident show)") from wrong
    except Conflict as wrong:
        raise click.ClickException("the case was changed at this moment; nothing was done, try again") from wrong
    except ValueError as wrong:
        raise click.ClickException(f"{wrong} (kaihu incident show says what may be given)") from wrong
