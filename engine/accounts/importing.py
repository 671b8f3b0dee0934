"""Customers from a CSV file: every row is judged and told; the good ones are stored, some at a time, or none at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import company, sheets
from engine.accounts.columns import COLUMNS, TWICE, Check, ColumnProblem, Known, problems_of
from engine.accounts.keeping import Kept, find_kept, keep_customer, kept_alike
from engine.accounts.people import Person, ToldCard
from engine.accounts.reading import cards_in, cleaned, person_in
from engine.sheets import Row
from engine.tables import Branch

if TYPE_CHECKING:
    from engine.store import Store

Outcome = Kept | Literal["refused", "left out"]
BATCH = 100
"""Rows in one write unit: nobody who is served meanwhile waits longer for the database than they take."""


@dataclass(frozen=True)
class RowReport:
    """What became of one row. `line` is its line in the file, `tail` the last four signs of its ID number."""

    line: int
    outcome: Outcome
    problems: tuple[ColumnProblem, ...] = ()
    tail: str = ""


@dataclass(frozen=True)
class _Good:
    """A row without problems, read."""

    line: int
    tail: str
    person: Person
    cards: list[ToldCard] | None


def import_customers(
    store: Store, text: str, check: Check, *, all_or_none: bool = False, dry: bool = False
) -> Iterator[RowReport]:
    """Bring the customers of a file, by ID number, to what it says; an empty cell of cards leaves those alone.

    Rows are reported as they are done, the refused ones first. With `all_or_none` one refused row leaves all others
    out; with `dry` nothing is stored and the reports say what would become of each. A file that is cut off by an error
    can be imported again: what is stored already is unchanged then. BadFile when it is no such file.
    """
    refused, good = _judged(store, text, check)
    yield from refused
    if all_or_none and refused:
        yield from (RowReport(one.line, "left out", tail=one.tail) for one in good)
        return
    rows = iter(good)
    while batch := list(islice(rows, BATCH)):
        yield from _foretold(store, batch) if dry else _stored(store, batch)


def _judged(store: Store, text: str, check: Check) -> tuple[list[RowReport], list[_Good]]:
    with store.read() as tx:
        known = _known(tx)
    refused, good = list[RowReport](), list[_Good]()
    seen: dict[str, set[str]] = {"id_number": set(), "account_number": set()}
    for line, raw in sheets.rows(text, COLUMNS):
        row = cleaned(raw) if raw is not None else None
        problems = [ColumnProblem("", sheets.TOO_MANY)] if row is None else _problems(row, known, check, seen)
        tail = row["id_number"][-4:] if row else ""
        if problems or row is None:
            refused.append(RowReport(line, "refused", tuple(problems), tail))
        else:
            good.append(_Good(line, tail, person_in(row), cards_in(row["cards"]) or None))
    return refused, good


def _problems(row: Row, known: Known, check: Check, seen: dict[str, set[str]]) -> list[ColumnProblem]:
    found = problems_of(row, known, check)
    for column, values in seen.items():
        if row[column] and row[column] in values:
            found.append(ColumnProblem(column, TWICE))
        values.add(row[column])
    return found


def _known(tx: Session) -> Known:
    firm = company.load(tx)
    branches = frozenset(tx.scalars(select(Branch.id)))
    return Known(firm.account_types, branches, {bank.code for bank in firm.banks})


def _foretold(store: Store, batch: Sequence[_Good]) -> Iterator[RowReport]:
    """What storing them would do."""
    with store.read() as tx:
        for one in batch:
            if kept_alike(tx, store.vault, one.person, one.cards) is not None:
                outcome: Kept = "unchanged"
            else:
                outcome = "changed" if find_kept(tx, store.vault, one.person.id_number) else "added"
            yield RowReport(one.line, outcome, tail=one.tail)


def _stored(store: Store, batch: Sequence[_Good]) -> Iterator[RowReport]:
    """What is known already is only read; the others are written in one unit."""
    with store.read() as tx:
        same = {one.line for one in batch if kept_alike(tx, store.vault, one.person, one.cards) is not None}
    news = [one for one in batch if one.line not in same]

    def keep(tx: Session) -> dict[int, Kept]:
        return {one.line: keep_customer(tx, store, one.person, one.cards)[1] for one in news}

    outcomes = store.unit(keep) if news else {}
    return (RowReport(one.line, outcomes.get(one.line, "unchanged"), tail=one.tail) for one in batch)
