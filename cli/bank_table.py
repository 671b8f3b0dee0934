"""`kaihu company banks`: the table of card numbers as a CSV file."""

from __future__ import annotations

from pathlib import Path

import click

from cli.store import opened
from cli.who import operator
from engine import company as record
from engine import sheets
from engine.company import BadCompany
from engine.company.bank_table import COLUMNS, read_table, write_table
from engine.company.changes import changes

data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")


@click.group()
def banks() -> None:
    """The banks of the record and the table of their card numbers, as CSV."""


@banks.command()
@data_option
def export(data: str | None) -> None:
    """Print the table: a row for each way a card number begins."""
    with opened(data) as store, store.read() as tx:
        click.echo(write_table(record.load(tx).banks), nl=False)


@banks.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only", is_flag=True, help="banks that are not in FILE leave the list")
@click.option("--dry-run", is_flag=True, help="say what would change, and change nothing")
@click.option("--note", default="", help="why; stays with the change")
@data_option
def import_table(file: Path, only: bool, dry_run: bool, note: str, data: str | None) -> None:
    """Take the table in FILE.csv (UTF-8 or GB18030): each bank in it gets exactly these card numbers, or none does."""
    try:
        text = sheets.decode(file.read_bytes())
        with opened(data) as store:
            with store.read() as tx:
                now = record.load(tx)
            document = {**now.document, "banks": read_table(text, now.document, only=only)}
            found = changes(now.document, document)
            if dry_run:
                record.read_company(document, demonstration=now.demonstration)
            else:
                seen = record.digest(now.document)
                record.save(
                    store, document, demonstration=now.demonstration, by=operator(), note=note or file.name, seen=seen
                )
    except BadCompany as wrong:
        for each in wrong.problems:
            click.echo(f"wrong    {each.say('zh')} / {each.en}", err=True)
        raise click.ClickException(f"{file}: {len(wrong.problems)} mistakes; nothing was taken") from wrong
    except sheets.BadFile as wrong:
        raise click.ClickException(f"{file}: {wrong} / {wrong.words[0]}") from wrong
    for place, before, after in found:
        click.echo(f"{place}: {before or '(nothing)'} -> {after or '(nothing)'}")
    click.echo(f"{len(found)} changes" + (" would be made" if dry_run else ""))


@banks.command()
def columns() -> None:
    """The columns of the table, in English and Chinese."""
    for name, chinese in COLUMNS.items():
        click.echo(f"{name:12} {chinese}")
