"""`kaihu case`: what an operator does with one case."""

from __future__ import annotations

from collections.abc import Iterable

import click
from sqlalchemy.orm import Session

from cli.case_named import case_named
from cli.case_scenario import scenario
from cli.known import known
from cli.store import opened
from cli.who import operator
from engine.bundles import Bundle, bundle_of
from engine.cases import moving
from engine.errors import Conflict, NotYours, Stale
from engine.store import Store


@click.group()
def case() -> None:
    """One case (受理单), by its number or id."""


case.add_command(scenario)


@case.command()
@click.argument("number")
@click.argument("step")
@click.option("--note", required=True, help="why, naming nobody: it stays in the audit")
@click.option("--yes", is_flag=True, help="do not ask")
@click.option("--by", default=None, help="who you are [default: your name on this machine]")
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def move(number: str, step: str, note: str, yes: bool, by: str | None, data: str | None) -> None:
    """Put the case NUMBER back on STEP, a step that it has been at, after saying what that closes and asks again.

    What was accepted stays stored; nothing is passed by: what the business repeats after this step is asked again, and
    the desk that had the case, or had it last, looks at it again.
    """
    if not note.strip():
        raise click.UsageError("--note must say why")
    with opened(data) as store:
        with store.read() as tx:
            found = case_named(tx, number)
            bundle, foreseen = bundle_of(tx, found.bundle_hash, known()), _foreseen(store, tx, found.id, step)
        for line in _told(bundle, number, foreseen):
            click.echo(line)
        if not yes:
            click.confirm("Move it?", abort=True)
        try:
            moving.move(store, foreseen, operator(by), note)
        except (NotYours, Stale, Conflict) as wrong:
            raise click.ClickException(f"the case has changed, and was not moved: {wrong}") from wrong
    click.echo(f"{number} stands at {step}")


def _foreseen(store: Store, tx: Session, case_id: str, step: str) -> moving.Move:
    try:
        return moving.foresee(store, tx, case_id, step)
    except Stale as wrong:
        raise click.ClickException(f"the case ended on {wrong.closed_at:%Y-%m-%d %H:%M} and cannot be moved") from wrong
    except NotYours as wrong:
        raise click.ClickException(f"{wrong}") from wrong


def _told(bundle: Bundle, number: str, found: moving.Move) -> list[str]:
    def named(steps: Iterable[str]) -> str:
        return ", ".join(f"{bundle.step_name(step)} ({step})" for step in steps) or "nothing"

    return [
        f"{number} to {found.step}:",
        f"  closes       {named(step for step, _ in found.closes)}",
        f"  asks again   {named(found.asks)}",
    ]
