"""`kaihu case scenario`: the way of a real case as a scenario, with nothing of its customer in it."""

from __future__ import annotations

import time
from pathlib import Path

import click

from cli.case_named import case_named
from cli.known import known
from cli.store import opened
from engine.bundles import Bundle, bundle_of
from engine.scenarios.bounds import Bounds
from engine.scenarios.from_case import Made, made_of
from engine.scenarios.playing_text import play_text
from engine.scenarios.running import Played
from engine.scenarios.sandbox import Sandbox
from engine.store import Store


@click.command("scenario")
@click.argument("number")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="write it here, not over a file there is")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def scenario(number: str, out: Path | None, lang: str, data: str | None) -> None:
    """Make a scenario of the case NUMBER: its steps, decisions, reasons, results of services, and waits.

    Everything that a person typed, uploaded or signed stays where it is; specimens stand for it. The scenario is played
    before it is given out. What could not be carried over is said, and so is what does not hold; then it ends with 1.
    """
    with opened(data) as store:
        with store.read() as tx:
            found = case_named(tx, number)
            bundle = bundle_of(tx, found.bundle_hash, known())
        made, played = _made(store, bundle, found.id)
    _write(made.text, out)
    for lost in made.lost:
        click.echo(lost.to(lang), err=True)
    if not played.holds:
        raise click.ClickException("\n".join(finding.text(lang) for finding in played.findings))


def _made(store: Store, bundle: Bundle, case_id: str) -> tuple[Made, Played]:
    """With its waits where it holds so; an installation that stood still has let timers ring late."""
    sandbox = Sandbox(bundle, known())
    file = f"processes/{bundle.business.id}/scenarios/from_case.yaml"
    try:
        for waits in (True, False):
            made = made_of(store, bundle, known(), case_id, waits=waits)
            played = play_text(sandbox, file, made.text.encode(), Bounds(time.monotonic))
            if played.holds:
                break
        return made, played
    finally:
        sandbox.close()


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as wrong:
        raise click.ClickException(f"{out} is there already; nothing was written") from wrong
    except OSError as wrong:
        raise click.ClickException(f"{out} cannot be written: {wrong.strerror}") from wrong
