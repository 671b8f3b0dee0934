"""The pages of the condition language: every example has the value that is said, and no construct is missing."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest

from engine.feel import (
    FeelError,
    check,
    check_tests,
    check_timer,
    evaluate,
    faults,
    parse,
    parse_tests,
    passes,
    syntax,
    timer_text,
    to_plain,
    tokens,
)
from engine.feel.cursor import COMPARISONS, MAX_DEPTH, MAX_NODES
from engine.feel.evaluator import known_facts
from engine.feel.findings import Fault
from engine.feel.parser import FUNCTIONS
from engine.feel.tokens import MAX_CHARACTERS
from tests.house import ROOT

PAGES = [ROOT / "docs/analysts/conditions.md", ROOT / "docs/analysts/conditions.zh.md"]
LANGUAGES = ["en", "zh"]
KINDS = ("feel", "feel-cell", "feel-timer", "feel-refused", "feel-cell-refused", "feel-timer-refused", "feel-differs")
UNSHOWN = {
    "TOO_LONG": "told with its bound",
    "TOO_MANY": "told with its bound",
    "TOO_DEEP": "told with its bound",
    "UNKNOWN_PART": "no text can be written that has one",
    "NOT_SINGLE": "lint refuses the name before it can be evaluated",
}


@cache
def rows(kind: str, page: int = 0) -> list[list[str]]:
    """The lines of all blocks of a kind: an example, and what is said of it."""
    found = re.findall(rf"^```{kind}\n(.*?)^```$", PAGES[page].read_text("utf-8"), re.MULTILINE | re.DOTALL)
    lines = [line for block in found for line in block.splitlines()]
    return [[part.strip() for part in line.split(" // ")] for line in lines]


@cache
def facts() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(re.findall(r"^```json\n(.*?)^```$", PAGES[0].read_text("utf-8"), re.M | re.S)[0])
    return found


def test_there_are_examples_of_every_kind_and_both_pages_have_the_same() -> None:
    for kind in KINDS:
        assert len(rows(kind)) >= 3
        assert [row[0] for row in rows(kind, 0)] == [row[0] for row in rows(kind, 1)]
    for kind in ("feel", "feel-cell", "feel-timer", "feel-differs"):
        assert rows(kind, 0) == rows(kind, 1)


@pytest.mark.parametrize(("expression", "value"), rows("feel"))
def test_an_example_has_the_value_that_is_said(expression: str, value: str) -> None:
    assert to_plain(evaluate(expression, facts())) == json.loads(value)


@pytest.mark.parametrize(("cell", "value"), rows("feel-cell"))
def test_an_example_of_a_cell_passes_or_not(cell: str, value: str) -> None:
    subject, tests = cell.split(" | ")
    assert passes(tests, evaluate(parse(subject), {}), {}) is json.loads(value)


@pytest.mark.parametrize(("text", "value"), rows("feel-timer"))
def test_an_example_of_a_timer_waits_as_said(text: str, value: str) -> None:
    assert timer_text(text, facts()) == value


LINTED = {"feel-refused": check, "feel-cell-refused": check_tests, "feel-timer-refused": check_timer}


@pytest.mark.parametrize("page", [0, 1], ids=LANGUAGES)
@pytest.mark.parametrize("kind", LINTED)
def test_what_is_said_to_be_refused_is_refused_in_these_words(kind: str, page: int) -> None:
    for text, why in rows(kind, page):
        problems = LINTED[kind](text, known_facts(facts()))
        assert problems and problems[0].why.to(LANGUAGES[page]) == why


@pytest.mark.parametrize(("text", "ours"), [row[:2] for row in rows("feel-differs")])
def test_what_differs_from_feel_is_as_said(text: str, ours: str) -> None:
    try:
        value = json.dumps(to_plain(evaluate(text, facts(), known_facts(facts()))))
    except FeelError:
        value = "refused"
    assert value == ours


def trees() -> list[syntax.Node]:
    roots: list[syntax.Node] = [parse(row[0]).root for row in rows("feel")]
    for row in rows("feel-cell"):
        roots += parse_tests(row[0].split(" | ")[1]).tests
    return [node for root in roots for node in root.walk()]


def test_every_construct_of_the_evaluator_is_on_the_page() -> None:
    abstract = {syntax.Node, syntax.Test}
    nodes = {
        each for each in vars(syntax).values() if isinstance(each, type) and issubclass(each, syntax.Node)
    } - abstract
    found = trees()
    assert {type(node) for node in found} == nodes
    assert {node.operator for node in found if isinstance(node, syntax.Compare)} == {"=", "!=", "<", "<=", ">", ">="}
    assert {node.operator for node in found if isinstance(node, syntax.Arithmetic)} == set("+-*/")
    assert {node.function for node in found if isinstance(node, syntax.Call)} == FUNCTIONS
    assert {(node.low_closed, node.high_closed) for node in found if isinstance(node, syntax.RangeTest)} > {
        (True, True)
    }


def test_every_word_sign_and_escape_of_the_language_is_in_an_example() -> None:
    written = " ".join(row[0] for kind in ("feel", "feel-cell") for row in rows(kind))
    words = set(re.findall(r"[a-z]+", written))
    assert words >= tokens.WORDS | FUNCTIONS
    assert [sign for sign in (*tokens._SYMBOLS, *COMPARISONS) if sign not in written] == []
    assert [escape for escape in (*tokens._ESCAPES, "u") if f"\\{'n' if escape == chr(10) else escape}" not in written
            and escape not in written] == []  # fmt: skip


def test_every_refusal_of_the_language_is_on_the_page() -> None:
    known = {name: fault for name, fault in vars(faults).items() if isinstance(fault, Fault)}
    shown = [why for kind in LINTED for _, why in rows(kind, 0)]
    patterns = {name: re.sub(r"\\{\w+\\}", ".*", re.escape(fault.why.en)) for name, fault in known.items()}
    missing = {name for name, words in patterns.items() if not any(re.fullmatch(words, why) for why in shown)}
    assert missing == set(UNSHOWN)


@pytest.mark.parametrize("page", PAGES, ids=LANGUAGES)
def test_the_bounds_of_an_expression_are_those_of_the_language(page: Any) -> None:
    numbers = set(re.findall(r"\d+", page.read_text("utf-8").rsplit("```feel-refused", 1)[1].split("##")[0]))
    assert {str(MAX_CHARACTERS), str(MAX_NODES), str(MAX_DEPTH)} <= numbers


def test_feelin_is_pinned_as_the_page_says_and_its_lock_names_no_registry() -> None:
    pinned = json.loads((ROOT / "tests/feelin/package.json").read_text("utf-8"))["devDependencies"]["feelin"]
    lock = json.loads((ROOT / "tests/feelin/package-lock.json").read_text("utf-8"))["packages"]
    assert lock["node_modules/feelin"]["version"] == pinned
    assert all(f"`feelin` {pinned.rpartition('.')[0]}" in page.read_text("utf-8") for page in PAGES)
    assert all("resolved" not in package and ("integrity" in package or not name) for name, package in lock.items())
