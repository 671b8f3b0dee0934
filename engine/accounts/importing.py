"""Reading customers from a CSV file: good rows are stored in one unit, the others are told and left out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import company
from engine.accounts.columns import COLUMNS, TWICE, Check, ColumnProblem, Known, cards_in, person_in, problems_of
from engine.accounts.keeping import Kept, keep_customer
from engine.tables import Branch

if TYPE_CHECKING:
    from engine.store import Store

Outcome = Kept | Literal["refused"]
Row = Mapping[str, str]


class BadFile(Exception):
    """The file as a whole cannot be read; the message says why."""


@dataclass(frozen=True)
class RowReport:
    """What became of one row. `line` is its line in the file."""

    line: int
    outcome: Outcome
    problems: tuple[ColumnProblem, ...] = ()


def import_customers(store: Store, lines: Iterable[str], check: Check) -> list[RowReport]:
    """Store the customers of a file, by ID number: a known one is brought to what the file says, his cards too.

    The header names the columns in English or Chinese. BadFile when it does not.
    """
    rows = list(_rows(lines))
    with store.write() as tx:
        known = _known(tx)
        seen: set[str] = set()
        return [_take(tx, store, line, row, known, check, seen) for line, row in rows]


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, Row]]:
    reader = csv.reader((line.removeprefix("\ufeff") for line in lines), strict=True)
    try:
        header = [_column(cell) for cell in next(reader, [])]
        if missing := [f"{name} ({chinese})" for name, chinese in COLUMNS.items() if name not in header]:
            raise BadFile(f"columns are missing: {', '.join(missing)}")
        if len(set(header)) < len(header):
            raise BadFile("a column occurs twice")
        for cells in reader:
            if len(cells) > len(header):
                raise BadFile(f"line {reader.line_num}: more cells than columns")
            if any(cell.strip() for cell in cells):
                padded = [*cells, *[""] * (len(header) - len(cells))]
                yield reader.line_num, {name: cell.strip() for name, cell in zip(header, padded, strict=False)}
    except csv.Error as wrong:
        raise BadFile(f"line {reader.line_num}: {wrong}") from None


def _column(cell: str) -> str:
    names = {chinese: name for name, chinese in COLUMNS.items()}
    return names.get(cell.strip(), cell.strip().lower())


def _known(tx: Session) -> Known:
    firm = company.load(tx)
    branches = frozenset(tx.scalars(select(Branch.id)))
    return Known(firm.account_types, branches, {bank.code for bank in firm.banks})


def _take(tx: Session, store: Store, line: int, row: Row, known: Known, check: Check, seen: set[str]) -> RowReport:
    number = row["id_number"].upper()
    problems = problems_of(row, known, check)
    if number and number in seen:
        problems.append(ColumnProblem("id_number", TWICE))
    seen.add(number)
    if problems:
        return RowReport(line, "refused", tuple(problems))
    kept = keep_customer(tx, store, person_in(row), cards_in(row["cards"]) or None)
    return RowReport(line, kept[1])
