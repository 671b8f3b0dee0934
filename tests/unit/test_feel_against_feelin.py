"""The condition language beside `feelin`, which bpmn.io's tools evaluate FEEL with: thousands of expressions by chance.

`npm ci --prefix tests/feelin` brings it; `.ci/run` does so where npm is there. What differs on purpose stands on
docs/analysts/conditions.md.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from functools import cache
from itertools import islice
from typing import Any

import pytest

from engine.diagrams.engine import plain
from engine.feel import evaluate, passes
from engine.feel.tokens import MAX_CHARACTERS
from engine.feel.values import to_value
from tests.feelin.expressions import FACTS, Expressions
from tests.house import ROOT
from tests.structure.test_docs_conditions import facts, rows

FEELIN = ROOT / "tests/feelin"
EXPRESSIONS, CELLS, SEED = 2500, 500, 20261122
OLDEST_NODE = (20, 12)

Asked = list[dict[str, Any]]


@pytest.fixture(scope="module", autouse=True)
def feelin() -> None:
    """Where there is no Node nothing is compared, and the tests say so; in CI what npm could bring must be there."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm or version(node) < OLDEST_NODE:
        pytest.skip("no Node of version 20.12 with npm: the condition language is not compared with feelin")
    if not (FEELIN / "node_modules/feelin").is_dir():
        told = "feelin is not installed: npm ci --prefix tests/feelin"
        pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)


def version(node: str) -> tuple[int, ...]:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in told.strip().removeprefix("v").split(".")[:2])


def ask(questions: Asked) -> list[dict[str, Any]]:
    """What feelin makes of each: {"value": ...} or {"refused": ...}."""
    done = subprocess.run(
        ["node", "ask.mjs"], cwd=FEELIN, input=json.dumps(questions), capture_output=True, text=True, check=True
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def alike(ours: object, theirs: object) -> bool:
    """Equal; a number as closely as binary fractions allow."""
    if isinstance(ours, int | float) and isinstance(theirs, int | float) and bool not in (type(ours), type(theirs)):
        return abs(ours - theirs) <= 1e-9 * max(1.0, abs(ours))
    return type(ours) is type(theirs) and ours == theirs


@cache
def expressions() -> list[str]:
    made = Expressions(SEED)
    return list(islice((text for text in iter(made.any, None) if len(text) <= MAX_CHARACTERS), EXPRESSIONS))


def test_the_same_expression_has_the_same_value() -> None:
    answers = ask([{"text": text, "facts": FACTS} for text in expressions()])
    differ = [
        (text, ours, answer)
        for text, answer in zip(expressions(), answers, strict=True)
        if not alike(ours := plain(evaluate(text, FACTS)), answer.get("value", "refused"))
    ]
    assert differ == []


def test_the_same_cell_passes_the_same_values() -> None:
    made = Expressions(SEED)
    cells = [made.cell() for _ in range(CELLS)]
    answers = ask([{"text": text, "facts": FACTS, "input": value} for text, value in cells])
    differ = [
        (text, value, answer)
        for (text, value), answer in zip(cells, answers, strict=True)
        if passes(text, to_value(value), FACTS) is not (answer.get("value") is True)
    ]
    assert differ == []


def test_what_the_page_says_of_feelin_is_so() -> None:
    """The control as well: where the two differ, the comparison above would find it."""
    told = rows("feel-differs")
    answers = ask([{"text": text, "facts": facts()} for text, _, _ in told])
    shown = [json.dumps(answer["value"]) if "value" in answer else "refused" for answer in answers]
    assert [(text, value) for (text, _, _), value in zip(told, shown, strict=True)] == [
        (text, value) for text, _, value in told
    ]


def test_the_expressions_come_to_every_kind_of_value() -> None:
    """An expression that is always null would compare nothing."""
    values = [plain(evaluate(text, FACTS)) for text in expressions()]
    for kind, least in ((bool, 0.3), (str, 0.05), (int, 0.1), (type(None), 0.1)):
        assert sum(type(value) is kind for value in values) / len(values) > least
