"""`kaihu customers`: the people of the local account system."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from cli.column_check import check_column
from cli.installation import installation
from cli.store import opened
from engine import sheets
from engine.accounts import COLUMNS, RowReport, import_customers
from engine.errors import Conflict, NoRoom

TOLD = 50
OUTCOMES = ("added", "changed", "unchanged", "refused", "left out")


@click.group()
def customers() -> None:
    """Customers of the local account system."""


@customers.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="say what would become of each row, and store nothing")
@click.option("--all-or-none", is_flag=True, help="store nothing when one row is refused")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="write what became of every row as CSV")
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def import_file(file: Path, dry_run: bool, all_or_none: bool, report: Path | None, data: str | None) -> None:
    """Read customers from FILE.csv (UTF-8 or GB18030; its columns are told by `kaihu customers columns`).

    Every refused row is told with its line, what is wrong and how to mend it; good rows are stored all the same.
    Nothing that a row holds is repeated, but for the last four signs of its ID number.
    """
    if installation(data).account_system_url is not None:
        raise click.ClickException("customers come from the company's account system (ACCOUNT_SYSTEM_URL is set)")
    done: list[RowReport] = []
    try:
        text = sheets.decode(file.read_bytes())
        with opened(data) as store, cut_off(done):
            for row in import_customers(store, text, check_column, all_or_none=all_or_none, dry=dry_run):
                done.append(row)
    except sheets.BadFile as wrong:
        raise click.ClickException(f"{file}: {wrong} / {wrong.words[0]}") from wrong
    if report is not None:
        write_report(report, done)
    tell(done, dry_run)
    sys.exit(1 if any(row.outcome == "refused" for row in done) else 0)


@contextmanager
def cut_off(done: list[RowReport]) -> Iterator[None]:
    """What was stored before something went wrong stays; the file can be imported again."""
    try:
        yield
    except (NoRoom, Conflict) as wrong:
        stored = sum(row.outcome in ("added", "changed") for row in done)
        why = "the disk is full" if isinstance(wrong, NoRoom) else "the database is too busy"
        raise click.ClickException(f"{why}; {stored} rows are stored, import the file again for the others") from wrong


def tell(done: list[RowReport], dry_run: bool) -> None:
    """The refused rows, as many as somebody reads, and the sums."""
    refused = [row for row in done if row.outcome == "refused"]
    for row in refused[:TOLD]:
        click.echo(f"line {row.line}{f' (…{row.tail})' if row.tail else ''}: refused")
        for problem in row.problems:
            click.echo(f"    {problem.text('zh')} / {problem.text('en')}")
    if len(refused) > TOLD:
        click.echo(f"... and {len(refused) - TOLD} more; --report FILE.csv tells all")
    counts = Counter[str](row.outcome for row in done)
    sums = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES if counts[outcome] or outcome != "left out")
    click.echo(("would be: " if dry_run else "") + sums)


def write_report(path: Path, done: list[RowReport]) -> None:
    """A row for each row of the file, for a spreadsheet."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["行 line", "身份证末四位 ID ends", "结果 outcome", "问题和处理 what is wrong", "in English"])
        for row in sorted(done, key=lambda row: row.line):
            texts = ["; ".join(problem.text(language) for problem in row.problems) for language in ("zh", "en")]
            writer.writerow([row.line, row.tail and f"…{row.tail}", row.outcome, *texts])


@customers.command()
def columns() -> None:
    """The columns of a customer file, in English and Chinese."""
    for name, chinese in COLUMNS.items():
        click.echo(f"{name:16} {chinese}")
    click.echo("valid_until may be 长期; cards: BANK|outlet|number[|linked];BANK|outlet|number")
