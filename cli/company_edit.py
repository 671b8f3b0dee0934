"""Editing the record in a person's own editor until it is good. What was typed lies in a file until it is stored."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cli.who import operator
from engine import company as record
from engine.company import BadCompany, Overtaken, Problem
from engine.company.writing import read, told, write
from engine.store import Store

SEEN = re.compile(r"^//# ([0-9a-f]{64})$", re.MULTILINE)
AGAIN = "what you wrote is kept in {path}: kaihu company edit goes on with it, --anew throws it away"


@dataclass(frozen=True)
class Kept:
    """The file in the data folder in which a record is edited. Its first line names the record that it began with."""

    path: Path

    def begin(self, document: dict[str, Any]) -> bool:
        """Put the record into the file, unless an edit that was not saved lies there; whether it did."""
        if self.path.exists():
            return False
        self.path.touch(0o600)
        self.put(write(document), record.digest(document))
        return True

    def put(self, text: str, seen: str, problems: tuple[Problem, ...] = ()) -> None:
        """The text, with what was wrong with it at the top instead of what was wrong before."""
        own = [line for line in text.split("\n") if not line.startswith(("//!", "//#"))]
        self.path.write_text("\n".join([f"//# {seen}", *told(problems), *own]), "utf-8")

    @property
    def text(self) -> str:
        return self.path.read_text("utf-8")

    @property
    def seen(self) -> str | None:
        found = SEEN.search(self.text)
        return found[1] if found else None

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)


def edit_until_good(store: Store, kept: Kept, note: str) -> None:
    """Ask the editor again as long as there are mistakes and somebody is there to mend them."""
    now = current(store)
    if not kept.begin(dict(now.document)):
        click.echo(f"going on with what was kept in {kept.path}")
    while True:
        click.edit(filename=str(kept.path))
        try:
            changed = take(store, kept, note)
        except BadCompany as wrong:
            kept.put(kept.text, kept.seen or "", wrong.problems)
            for each in wrong.problems:
                click.echo(f"wrong    {each.say('zh')} / {each.en}", err=True)
            if not (sys.stdin.isatty() and click.confirm("edit again?", default=True)):
                raise click.ClickException(f"nothing was taken; {AGAIN.format(path=kept.path)}") from wrong
        except Overtaken as wrong:
            kept.put(kept.text, record.digest(current(store).document))
            said = "somebody else has changed the record meanwhile (kaihu company history); nothing was taken"
            raise click.ClickException(f"{said}; {AGAIN.format(path=kept.path)}") from wrong
        else:
            kept.drop()
            click.echo("the record is changed" if changed else "nothing was changed")
            return


def take(store: Store, kept: Kept, note: str) -> bool:
    """Store what stands in the file; whether it differs from the record."""
    document, now = read(kept.text), current(store)
    if document == now.document:
        return False
    record.save(store, document, demonstration=now.demonstration, by=operator(), note=note, seen=kept.seen)
    return True


def current(store: Store) -> record.Company:
    with store.read() as tx:
        return record.load(tx)
