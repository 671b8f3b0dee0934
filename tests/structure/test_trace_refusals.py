"""The table of refusals in docs/trace.md: each has a test, and a picture that the walk past the pages takes."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.structure.named_tests import exists
from tests.structure.sources import literals, python, tree
from tests.structure.test_trace import TRACE, quoted

NONE = "none: in the terminal"
TERMINAL = {
    "a record of the company with a mistake; two who edit it",
    "customers by CSV",
    "staff, branches, incidents, businesses by command",
    "a Python or a machine that lacks something",
    "a second start on one folder, a taken port, lost keys, a database that does not answer",
    "an upgrade that fails, tables of a newer version",
    "a backup that is not whole, another key file",
}
"""What a command refuses: it has no page, and its tests quote its words."""


@cache
def rows() -> list[list[str]]:
    """What is refused, its tests, its picture; the lines that only name a group left out."""
    table = TRACE.read_text("utf-8").split("\n## Refusals\n")[1].split("| refused | test | picture |\n")[1]
    cells = [[cell.strip() for cell in line.strip("|").split(" |")] for line in table.splitlines()[1:] if line]
    return [row for row in cells if not row[0].startswith("**")]


@cache
def looked_at() -> frozenset[str]:
    """Every text of the walk: among them is the name of each picture."""
    walks = [path for path in python("cli") if path.parent.name == "screens" and path.name != "figures.py"]
    return frozenset(one.text for path in walks for one in literals(tree(path), path.name))


def test_there_is_a_row_for_everything_that_is_refused() -> None:
    said = [row[0] for row in rows()]
    assert len(said) == len(set(said)) > 90
    assert all(len(row) == 3 for row in rows())


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_refusal_has_a_test_and_a_picture(row: list[str]) -> None:
    tests, pictures = quoted(row[1]), quoted(row[2])
    assert tests and [one for one in tests if not exists(one)] == []
    assert pictures or row[2].startswith(NONE)
    assert [one for one in pictures if one not in looked_at()] == []


def test_only_what_a_command_refuses_in_a_terminal_has_no_picture() -> None:
    without = [row for row in rows() if not quoted(row[2])]
    assert {row[0] for row in without} == TERMINAL
    assert [one for row in without for one in quoted(row[1]) if not one.startswith(("tests/cli/", "tests/unit/"))] == []


def test_every_picture_of_a_refusal_is_in_the_table() -> None:
    shown = {one for row in rows() if not row[2].startswith(NONE) for one in quoted(row[2])}
    assert sorted(name for name in looked_at() if re.fullmatch(r"refused_\w+", name) and name not in shown) == []


def test_a_picture_that_nobody_takes_would_be_found() -> None:
    assert "refused_cards" in looked_at() and "refused_cards_of_gold" not in looked_at()
