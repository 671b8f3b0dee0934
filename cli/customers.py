"""`kaihu customers`: the people of the local account system."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cli.column_check import check_column
from cli.installation import installation
from cli.store import opened
from engine.accounts import COLUMNS, BadFile, import_customers


@click.group()
def customers() -> None:
    """Customers of the local account system."""


@customers.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def import_file(file: Path, data: str | None) -> None:
    """Read customers from FILE.csv (UTF-8; the columns are told by `kaihu customers columns`)."""
    if installation(data).account_system_url is not None:
        raise click.ClickException("customers come from the company's account system (ACCOUNT_SYSTEM_URL is set)")
    try:
        with opened(data) as store:
            report = import_customers(store, file.read_text("utf-8").splitlines(), check_column)
    except (BadFile, UnicodeDecodeError) as wrong:
        raise click.ClickException(f"{file}: {wrong}") from wrong
    for row in report:
        said = "; ".join(problem.text("en") for problem in row.problems)
        click.echo(f"line {row.line}: {row.outcome}" + (f": {said}" if said else ""))
    refused = sum(row.outcome == "refused" for row in report)
    click.echo(f"{len(report) - refused} taken, {refused} refused")
    sys.exit(1 if refused else 0)


@customers.command()
def columns() -> None:
    """The columns of a customer file, in English and Chinese."""
    for name, chinese in COLUMNS.items():
        click.echo(f"{name:16} {chinese}")
    click.echo("valid_until may be 长期; cards: BANK|outlet|number[|linked];BANK|outlet|number")
