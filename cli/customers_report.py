"""What became of the rows of a customer file: told in the terminal, and written for a spreadsheet."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from engine.accounts import RowReport, Unavailable
from engine.errors import Conflict, NoRoom

TOLD = 50
OUTCOMES = ("added", "changed", "unchanged", "refused", "left out")


@contextmanager
def cut_off(done: list[RowReport]) -> Iterator[None]:
    """What was stored before something went wrong stays; the file can be taken again."""
    try:
        yield
    except (NoRoom, Conflict, Unavailable) as wrong:
        stored = sum(row.outcome in ("added", "changed") for row in done)
        why = {NoRoom: "the disk is full", Conflict: "the database is too busy"}.get(type(wrong), str(wrong))
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
