"""Files and functions are short, and each file is named after one idea."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.structure.sources import files, name, python, tree

LONGEST_FILE, LONGEST_FUNCTION = 300, 40
VAGUE = frozenset({"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc", "base_utils"})
GENERATED = "written by Alembic from the tables; a migration is never split"
CASES = "a table of cases and what they are tried on"
LONG_FILES = {
    "migrations/versions/0001_first_tables.py": GENERATED,
    "webapp/static/kaihu.css": "one stylesheet, so that sizes and colours stand in one place",
    "tests/web/test_access.py": CASES,
    "tests/web/test_steps_line.py": CASES,
}
LONG_FUNCTIONS = {"migrations/versions/0001_first_tables.py": GENERATED}


def functions(module: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def too_long(lines: dict[str, int]) -> dict[str, int]:
    return {file: count for file, count in lines.items() if count > LONGEST_FILE and file not in LONG_FILES}


def test_no_file_is_longer_than_a_reader_holds() -> None:
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in files(".py", ".js", ".css", ".html")}
    assert len(lines) > 300
    assert too_long(lines) == {}
    assert set(LONG_FILES) <= {file for file, count in lines.items() if count > LONGEST_FILE}


def test_no_function_is_longer_than_a_page() -> None:
    found = [(name(path), each, count) for path in python() for each, count in functions(tree(path))]
    assert len(found) > 2000
    assert [one for one in found if one[2] > LONGEST_FUNCTION and one[0] not in LONG_FUNCTIONS] == []


def test_half_of_the_functions_are_eight_lines_or_fewer() -> None:
    counts = sorted(
        count for path in python("engine", "forms", "workers", "webapp", "cli") for _, count in functions(tree(path))
    )
    assert counts[len(counts) // 2] <= 8
    assert counts[len(counts) * 9 // 10] <= 20


def test_no_file_is_named_after_nothing() -> None:
    assert [name(path) for path in files(".py", ".js") if path.stem in VAGUE or path.parent.name in VAGUE] == []


@pytest.mark.parametrize(("lines", "found"), [(301, True), (300, False)])
def test_a_long_file_would_be_found(lines: int, found: bool) -> None:
    assert bool(too_long({"engine/x.py": lines})) is found


def test_a_long_function_would_be_found() -> None:
    body = "def f():\n" + "    pass\n" * 40
    assert [count for _, count in functions(ast.parse(body)) if count > LONGEST_FUNCTION] == [41]
