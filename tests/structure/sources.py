"""The sources of this house as the structure tests read them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.bundles import Bundle
from tests.house import ROOT, drawn

ROOMS = ("engine", "forms", "workers", "webapp", "cli", "migrations")
FOLDERS = (*ROOMS, "processes", "tests", "docs", "benchmarks", ".ci")
LEFT_OUT = frozenset({"__pycache__", "vendor", "node_modules"})
SCENES = ("cli/demonstration",)
"""Sample people and the pictures of every page walk a business by name: that is what they are for."""


@dataclass(frozen=True)
class Literal:
    """A text constant in Python, docstrings left out."""

    file: str
    line: int
    text: str


def files(*endings: str) -> list[Path]:
    """Every file of the house with one of these endings, those at the top included."""
    below = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if not LEFT_OUT & set(path.parts)]
    return sorted(path for path in [*ROOT.glob("*"), *below] if path.is_file() and path.name.endswith(endings))


def python(*folders: str) -> list[Path]:
    """Python files below these folders; of the whole house when none is named."""
    return [path for path in files(".py") if not folders or name(path).startswith(tuple(f"{one}/" for one in folders))]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), str(path))


def literals(module: ast.Module, file: str) -> Iterator[Literal]:
    """Text constants, the fixed parts of f-strings too; what only documents is no constant."""
    documents = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield Literal(file, node.lineno, node.value)


def imported(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Every module that is imported, with its line; `from a import b` counts as a.b too."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def businesses() -> list[str]:
    return sorted(path.parent.name for path in (ROOT / "processes").glob("*/business.json"))


def bundles() -> list[Bundle]:
    return [drawn(business) for business in businesses()]
