"""Tests by the name that documents call them by."""

from __future__ import annotations

import ast
from functools import cache

from tests.house import ROOT
from tests.structure.sources import tree


def exists(named: str) -> bool:
    """Whether `tests/folder/file.py::test_name` is there."""
    file, _, test = named.partition("::")
    return test in tests_of(file)


@cache
def tests_of(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]
    return frozenset(one.name for one in functions if one.name.startswith("test_"))
