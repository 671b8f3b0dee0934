"""`kaihu customers`: the people of the local account system, and who still has something to sign."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cli.column_check import check_column
from cli.customers_report import cut_off, tell, write_report
from cli.installation import installation
from cli.known import known
from cli.store import opened
from cli.who import operator
from engine import sheets
from engine.accounts import COLUMNS, RowReport, import_customers
from engine.accounts.obliging import oblige
from engine.bundles import bundle_of, in_use
from engine.store import Store
from workers.drivers.account_http import account_system

file_argument = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
dry_option = click.option("--dry-run", is_flag=True, help="say what would become of each row, and store nothing")
data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")
report_option = click.option(
    "--report", type=click.Path(dir_okay=False, path_type=Path), help="write what became of every row as CSV"
)


@click.group()
def customers() -> None:
    """Customers of the local account system, and what customers have to sign."""


@customers.command("import")
@file_argument
@dry_option
@click.option("--all-or-none", is_flag=True, help="store nothing when one row is refused")
@report_option
@data_option
def import_file(file: Path, dry_run: bool, all_or_none: bool, report: Path | None, data: str | None) -> None:
    """Read customers from FILE.csv (UTF-8 or GB18030; its columns are told by `kaihu customers columns`).

    Every refused row is told with its line, what is wrong and how to mend it; good rows are stored all the same.
    Nothing that a row holds is repeated, but for the last four signs of its ID number.
    """
    if installation(data).account_system_url is not None:
        raise click.ClickException("customers come from the company's account system (ACCOUNT_SYSTEM_URL is set)")
    text = text_of(file)
    with opened(data) as store:
        rows = import_customers(store, text, check_column, all_or_none=all_or_none, dry=dry_run)
        finish(file, rows, dry_run, report)


@customers.command()
@file_argument
@click.option("--business", required=True, help="a business that begins with an obligation")
@click.option("--forced", is_flag=True, help="nothing else may be begun before it is signed")
@dry_option
@report_option
@data_option
def owe(file: Path, business: str, forced: bool, dry_run: bool, report: Path | None, data: str | None) -> None:
    """Let the customers of FILE.csv (a column id_number or 身份证号码) owe a signature: they find it in 我的业务."""
    text, place = text_of(file), installation(data)
    with opened(data) as store:
        check_business(store, business)
        accounts = account_system(store, place.account_system_url, place.data)
        finish(file, oblige(store, accounts, text, business, operator(), forced=forced, dry=dry_run), dry_run, report)


def text_of(file: Path) -> str:
    try:
        return sheets.decode(file.read_bytes())
    except sheets.BadFile as wrong:
        raise click.ClickException(f"{file}: {wrong} / {wrong.words[0]}") from wrong


def check_business(store: Store, business: str) -> None:
    """Refuse what nobody could begin."""
    with store.read() as tx:
        there = in_use(tx, business, store.clock.now())
        begun_by = bundle_of(tx, there, known()).business.started_by if there else None
    if begun_by != "obligation":
        raise click.ClickException(f"{business} is no published business that begins with an obligation")


def finish(file: Path, rows: Iterator[RowReport], dry_run: bool, report: Path | None) -> None:
    """Take row after row, and tell what became of them; exit code 1 when one was refused."""
    done: list[RowReport] = []
    try:
        with cut_off(done):
            for row in rows:
                done.append(row)
    except sheets.BadFile as wrong:
        raise click.ClickException(f"{file}: {wrong} / {wrong.words[0]}") from wrong
    if report is not None:
        write_report(report, done)
    tell(done, dry_run)
    sys.exit(1 if any(row.outcome == "refused" for row in done) else 0)


@customers.command()
def columns() -> None:
    """The columns of a customer file, in English and Chinese."""
    for name, chinese in COLUMNS.items():
        click.echo(f"{name:16} {chinese}")
    click.echo("valid_until may be 长期; cards: BANK|outlet|number[|linked];BANK|outlet|number")
