"""What an analyst does to the shape of a table: a rule or a column more, fewer, or moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from engine.decisions.sheets import Column, Line, Sheet

T = TypeVar("T")
ANY = "-"
"""The cell that every value passes."""


def with_line(sheet: Sheet, at: int) -> Sheet:
    """A new rule at that place, which hits always and says nothing."""
    made = Line(None, "", (ANY,) * len(sheet.inputs), ("",) * len(sheet.outputs))
    return replace(sheet, lines=(*sheet.lines[:at], made, *sheet.lines[at:]))


def without_line(sheet: Sheet, at: int) -> Sheet:
    return replace(sheet, lines=_without(sheet.lines, at))


def with_line_moved(sheet: Sheet, at: int, by: int) -> Sheet:
    """The rule one further up (-1) or down (1); at the end of the table it stays."""
    return replace(sheet, lines=_moved(sheet.lines, at, by))


def with_input(sheet: Sheet) -> Sheet:
    """A new last input, which every value passes in the rules that are there."""
    lines = tuple(replace(line, tests=(*line.tests, ANY)) for line in sheet.lines)
    return replace(sheet, inputs=(*sheet.inputs, Column(None)), lines=lines)


def without_input(sheet: Sheet, at: int) -> Sheet:
    lines = tuple(replace(line, tests=_without(line.tests, at)) for line in sheet.lines)
    return replace(sheet, inputs=_without(sheet.inputs, at), lines=lines)


def with_input_moved(sheet: Sheet, at: int, by: int) -> Sheet:
    """The input one further to the front (-1) or the back (1), with its cell in each rule."""
    lines = tuple(replace(line, tests=_moved(line.tests, at, by)) for line in sheet.lines)
    return replace(sheet, inputs=_moved(sheet.inputs, at, by), lines=lines)


def with_output(sheet: Sheet) -> Sheet:
    """A new last output, which is null in the rules that are there."""
    lines = tuple(replace(line, results=(*line.results, "")) for line in sheet.lines)
    return replace(sheet, outputs=(*sheet.outputs, Column(None)), lines=lines)


def without_output(sheet: Sheet, at: int) -> Sheet:
    lines = tuple(replace(line, results=_without(line.results, at)) for line in sheet.lines)
    return replace(sheet, outputs=_without(sheet.outputs, at), lines=lines)


def with_output_moved(sheet: Sheet, at: int, by: int) -> Sheet:
    """The same of an output."""
    lines = tuple(replace(line, results=_moved(line.results, at, by)) for line in sheet.lines)
    return replace(sheet, outputs=_moved(sheet.outputs, at, by), lines=lines)


def _moved(items: tuple[T, ...], at: int, by: int) -> tuple[T, ...]:
    to, made = at + by, list(items)
    if 0 <= at < len(made) and 0 <= to < len(made):
        made[at], made[to] = made[to], made[at]
    return tuple(made)


def _without(items: tuple[T, ...], at: int) -> tuple[T, ...]:
    return (*items[:at], *items[at + 1 :])
