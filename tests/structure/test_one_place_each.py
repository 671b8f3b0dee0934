"""What must happen in one place happens there alone: SpiffWorkflow, its workflows, the commit."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

import pytest

from tests.structure.sources import ROOMS, imported, name, python, tree

Look = Callable[[ast.Module], list[int]]

SPIFF_ROOMS = ("engine/interpreter/", "engine/diagrams/")
WORKFLOW_ROOMS = ("engine/interpreter/",)
CONNECTIONS = ("db", "engine", "connection", "session", "tx")
COMMITS = {
    "engine/store.py": "the write unit",
    "migrations/": "a schema change is no intention of a person",
}


def spiff(module: ast.Module) -> list[int]:
    return [line for module_name, line in imported(module) if module_name.split(".")[0] == "SpiffWorkflow"]


def workflows(module: ast.Module) -> list[int]:
    """Lines that name the class; its subclass lives where it may be built."""
    return [node.lineno for node, word in _words(module) if word in ("BpmnWorkflow", "CaseWorkflow")]


def _words(module: ast.Module) -> Iterator[tuple[ast.Name | ast.Attribute | ast.alias, str]]:
    for node in ast.walk(module):
        match node:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.alias(name=word):
                yield node, word


def commits(module: ast.Module) -> list[int]:
    """Calls of `.commit()`."""
    return [node.lineno for node in _calls(module) if node.func.attr == "commit"]  # type: ignore[attr-defined]


def own_transactions(module: ast.Module) -> list[int]:
    """`with engine.begin()` on something of the database: it commits by itself."""
    begun = [node for node in _calls(module) if node.func.attr == "begin"]  # type: ignore[attr-defined]
    return [call.lineno for call in begun if ast.unparse(call.func).split(".")[-2] in CONNECTIONS]


def _calls(module: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node


def elsewhere(look: Look, allowed: tuple[str, ...]) -> list[str]:
    """Where in the product something is done that only these places may do."""
    found = [(name(path), line) for path in python(*ROOMS) for line in look(tree(path))]
    assert any(file.startswith(allowed) for file, _ in found), "the scan finds nothing even where it must"
    return [f"{file}:{line}" for file, line in found if not file.startswith(allowed)]


def test_only_interpreter_and_diagrams_know_spiffworkflow() -> None:
    assert elsewhere(spiff, SPIFF_ROOMS) == []


def test_a_workflow_is_built_in_the_interpreter_alone() -> None:
    assert elsewhere(workflows, WORKFLOW_ROOMS) == []


def test_only_the_write_unit_and_migrations_commit() -> None:
    assert elsewhere(commits, tuple(COMMITS)) == []


def test_nobody_else_opens_a_transaction_that_commits_by_itself() -> None:
    assert [name(path) for path in python(*ROOMS) if own_transactions(tree(path))] == []


PLANTED = [
    (spiff, "from SpiffWorkflow.bpmn import BpmnEvent"),
    (spiff, "import SpiffWorkflow"),
    (workflows, "flow = BpmnWorkflow(spec)"),
    (workflows, "from SpiffWorkflow.bpmn import BpmnWorkflow as Flow"),
    (workflows, "flow = bpmn.workflow.BpmnWorkflow(spec)"),
    (commits, "session.commit()"),
    (commits, "db.session.commit()"),
    (own_transactions, "with engine.begin() as tx: pass"),
]


@pytest.mark.parametrize(("look", "source"), PLANTED)
def test_a_planted_line_is_found(look: Look, source: str) -> None:
    assert look(ast.parse(source)) == [1]
