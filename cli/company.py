"""`kaihu company`: the company's record, shown, checked and edited; who changed what and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import select

from cli.bank_table import banks
from cli.company_edit import Kept, current, edit_until_good
from cli.connected import lacking
from cli.installation import installation
from cli.store import opened
from cli.who import operator
from engine import company as record
from engine.company import BadCompany, Problem
from engine.company.advice import advice
from engine.company.writing import pretty, read
from engine.store import Store
from engine.tables import Branch

data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")
note_option = click.option("--note", default="", help="why; stays with the change")


@click.group()
def company() -> None:
    """The company's record: name, hotline, calendars, banks, texts, settings."""


@company.command()
@data_option
def show(data: str | None) -> None:
    """Print the record as it is in use."""
    with opened(data) as store, store.read() as tx:
        click.echo(pretty(dict(record.load(tx).document)))


@company.command()
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
def check(file: Path | None, data: str | None) -> None:
    """Say what is wrong with the record, or with the one in FILE, and what is worth a look; exit code 1 when wrong."""
    with opened(data) as store, store.read() as tx, refusals(file or Path("the record")):
        now = record.load(tx)
        found = record.read_company(read(file.read_text("utf-8")), demonstration=now.demonstration) if file else now
        tell(looks(store, data, found))
    click.echo("nothing is wrong")


@company.command()
@note_option
@click.option("--anew", is_flag=True, help="throw away what was kept of an edit that was not saved")
@data_option
def edit(note: str, anew: bool, data: str | None) -> None:
    """Open the record in your editor ($VISUAL, $EDITOR) and take it when it is good; nothing that was typed is lost."""
    with opened(data) as store:
        kept = Kept(installation(data).data / "company.edit.json")
        if anew:
            kept.drop()
        before = looks(store, data, current(store))
        edit_until_good(store, kept, note)
        tell(looks(store, data, current(store)), before)


@company.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@note_option
@data_option
def load_file(file: Path, note: str, data: str | None) -> None:
    """Take the record in FILE, a changed output of `kaihu company show`; all of it or, with a mistake, nothing."""
    with opened(data) as store, refusals(file):
        before = looks(store, data, current(store))
        taken = store_record(store, read(file.read_text("utf-8")), note)
        click.echo(f"{taken.name} ({taken.name_en}), hotline {taken.hotline}, {len(taken.banks)} banks")
        tell(looks(store, data, taken), before)


@company.command()
@click.option("--limit", default=20, show_default=True)
@data_option
def history(limit: int, data: str | None) -> None:
    """Who changed what and when, the newest first."""
    with opened(data) as store, store.read() as tx:
        found = record.history(tx, limit)
    for each in found:
        click.echo(f"{each.at:%Y-%m-%d %H:%M}  {each.by.partition(':')[2]}  {each.note}".rstrip())
        for place, before, after in each.changes:
            click.echo(f"  {place}: {_short(before)} -> {_short(after)}")
    click.echo(f"{len(found)} changes")


def store_record(store: Store, document: dict[str, object], note: str, seen: str | None = None) -> record.Company:
    """Save a record, keeping whether this is a demonstration; refused with what is wrong."""
    with store.read() as tx:
        demonstration = record.load(tx).demonstration
    return record.save(store, document, demonstration=demonstration, by=operator(), note=note, seen=seen)


def looks(store: Store, data: str | None, company: record.Company) -> list[Problem]:
    """What is not wrong with a record and yet worth a look."""
    with store.read() as tx:
        found = advice(company, list(tx.scalars(select(Branch.id))), store.clock.now().date())
    return [*found, *lacking(installation(data), store, company)]


def tell(found: list[Problem], before: Sequence[Problem] = ()) -> None:
    """Print it; after a change only what the change has brought."""
    for each in found:
        if each not in before:
            click.echo(f"look at  {said(each)}")


@contextmanager
def refusals(file: Path) -> Iterator[None]:
    """What is wrong with a record, line by line."""
    try:
        yield
    except BadCompany as wrong:
        for each in wrong.problems:
            click.echo(f"wrong    {said(each)}", err=True)
        raise click.ClickException(f"{file}: {len(wrong.problems)} mistakes; nothing was taken") from wrong
    except UnicodeDecodeError as wrong:
        raise click.ClickException(f"{file} is no UTF-8 text") from wrong


def said(problem: Problem) -> str:
    """In both languages: who keeps a company's record reads Chinese."""
    return f"{problem.say('zh')} / {problem.en}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return (line if len(line) <= 60 else f"{line[:60]}…") or "(nothing)"


company.add_command(banks)
