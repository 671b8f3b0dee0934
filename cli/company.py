"""`kaihu company`: the company's record (name, hotline, calendars, banks, texts, settings) as a JSON file."""

from __future__ import annotations

import json
from pathlib import Path

import click

from cli.store import opened
from engine import company as record
from engine.company import BadCompany

data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")


@click.group()
def company() -> None:
    """The company's record."""


@company.command()
@data_option
def show(data: str | None) -> None:
    """Print the record as it is in use."""
    with opened(data) as store, store.read() as tx:
        click.echo(json.dumps(dict(record.load(tx).document), ensure_ascii=False, indent=2))


@company.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
def load_file(file: Path, data: str | None) -> None:
    """Take the record in FILE, a changed output of `kaihu company show`; all of it or, with a mistake, nothing."""
    try:
        document = json.loads(file.read_text("utf-8"))
        with opened(data) as store:
            with store.read() as tx:
                demonstration = record.load(tx).demonstration
            taken = record.save(store, document, demonstration=demonstration)
    except BadCompany as wrong:
        raise click.ClickException(f"{file}: nothing was taken\n{wrong}") from wrong
    except ValueError as wrong:
        raise click.ClickException(f"{file} is no JSON file: {wrong}") from wrong
    click.echo(f"{taken.name} ({taken.name_en}), hotline {taken.hotline}, {len(taken.banks)} banks")
