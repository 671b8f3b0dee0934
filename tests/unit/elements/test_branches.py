"""Parallel branches: in loops, with loops inside, with one set of facts; compared with tokens as BPMN counts them."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from SpiffWorkflow.bpmn.specs.defaults import ParallelGateway

from engine.decisions import load_decisions
from engine.diagrams.tokens import TokenGateway
from engine.interpreter import Run
from tests.unit.elements.circuit import found, happens, opened
from tests.unit.elements.circuits import TABLE
from tests.unit.elements.game import Game
from tests.unit.sheets import END, START, Sheet, again, do, flow, gateway, process, start, user

FORK, JOIN = '<parallelGateway id="fork"/>', '<parallelGateway id="join"/>'
HEAD, OUT = '<exclusiveGateway id="head"/>', gateway("out", "out__end")
ROUND = START + END + HEAD + OUT + flow("start", "head") + flow("out", "head", "again") + flow("out", "end")
X, MERGE = gateway("x", "x__merge"), '<exclusiveGateway id="merge"/>'
MAYBE = X + MERGE + flow("x", "a", 'verdict = "ask"') + flow("x", "merge") + flow("a", "merge") + flow("merge", "join")
SHEETS = {
    "two steps and one after them": ROUND + FORK + JOIN + user("a", "b", "c") + flow("head", "fork")
    + flow("fork", "a") + flow("fork", "b") + flow("a", "join") + flow("b", "join") + flow("join", "c")
    + flow("c", "out"),
    "a branch that may ask nobody": ROUND + FORK + JOIN + user("a", "b") + flow("head", "fork") + flow("fork", "x")
    + MAYBE + flow("fork", "b") + flow("b", "join") + flow("join", "c") + user("c") + flow("c", "out"),
    "a loop in a branch": ROUND + FORK + JOIN + user("a", "b") + '<exclusiveGateway id="h"/>' + gateway("y", "y__join")
    + flow("head", "fork") + flow("fork", "h") + flow("h", "a") + flow("a", "y") + flow("y", "h", 'verdict = "ask"')
    + flow("y", "join") + flow("fork", "b") + flow("b", "join") + flow("join", "out"),
    "branches in a branch, and a flow straight to the join": ROUND + FORK + JOIN + user("a", "b", "c")
    + '<parallelGateway id="in"/><parallelGateway id="together"/>' + flow("head", "fork") + flow("fork", "in")
    + flow("in", "a") + flow("in", "b") + flow("in", "together") + flow("a", "together") + flow("b", "together")
    + flow("together", "join") + flow("fork", "c") + flow("c", "join") + flow("join", "d") + user("d")
    + flow("d", "out"),
    "a gateway that joins and splits at once": ROUND + FORK + JOIN + user("a", "b", "c", "d")
    + '<parallelGateway id="both"/>' + flow("head", "fork") + flow("fork", "a") + flow("fork", "b") + flow("a", "both")
    + flow("b", "both") + flow("both", "c") + flow("both", "d") + flow("c", "join") + flow("d", "join")
    + flow("join", "out"),
    "nothing but a step beside a flow straight to the join": ROUND + FORK + JOIN + user("a") + flow("head", "fork")
    + flow("fork", "a") + flow("fork", "join") + flow("a", "join") + flow("join", "out"),
    "branches that end apart": START + END + FORK + user("a", "b") + '<endEvent id="other"/>' + flow("start", "fork")
    + flow("fork", "a") + flow("fork", "b") + flow("a", "end") + flow("b", "other"),
}  # fmt: skip
FACTS = {"again": True, "verdict": "ask", "until": None}


def walked(sheet: Sheet, seed: int, most: int = 25) -> None:
    """Steps done by chance, on the engine and with tokens; after each the same is open."""
    chance, game, run = Random(seed), Game(sheet, dict(FACTS)), again(start(sheet, **FACTS), sheet)
    for number in range(most):
        assert opened(run) == game.opened, f"after {number} steps of walk {seed}"
        if not game.opened:
            assert run.finished
            return
        step = chance.choice(game.opened.split())
        said = {"again": number < most - 12 and chance.random() < 0.8, "verdict": chance.choice(["ask", "no"])}
        game.do(step, **said)
        run = happens(run, f"do {step}", sheet, **said)


@pytest.mark.parametrize("name", SHEETS)
def test_whatever_order_the_branches_are_done_in_the_tokens_are_where_bpmn_has_them(name: str) -> None:
    sheet = Sheet(process("p", SHEETS[name]))
    assert found(sheet) == []
    for seed in range(25):
        walked(sheet, seed)


def test_a_loop_whose_branches_all_pass_without_waiting_is_refused() -> None:
    """As the one above with a flow straight to the join, but for the step."""
    body = SHEETS["nothing but a step beside a flow straight to the join"]
    idle = body.replace(user("a"), '<intermediateThrowEvent id="a"/>')
    assert any("waits for nothing" in each for each in found(Sheet(process("p", idle))))
    chosen = body.replace(flow("fork", "a"), X + MERGE + flow("fork", "x") + flow("x", "a", 'verdict = "ask"'))
    passed_by = chosen.replace(flow("a", "join"), flow("a", "merge") + flow("x", "merge") + flow("merge", "join"))
    assert any("waits for nothing" in each for each in found(Sheet(process("p", passed_by))))


def joins_early(sheet: Sheet) -> bool:
    """Whether in a second round, which nothing was stored before, one branch is enough."""
    for first, second in product(["ab", "ba"], "ab"):
        run = start(sheet, again=True)
        for step in (*first, "c"):
            do(run, step, again=True)
        do(run, second)
        if "c" in opened(run):
            return True
    return False


def test_spiffworkflows_own_gateway_joins_too_early_in_the_second_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control, and the reason for `TokenGateway`."""
    sheet = Sheet(process("p", SHEETS["two steps and one after them"]))
    assert not joins_early(sheet)
    for method in ("_check_threshold_unstructured", "_run_hook"):
        monkeypatch.setattr(TokenGateway, method, getattr(ParallelGateway, method))
    assert joins_early(sheet)


BRANCHES = process("p", SHEETS["two steps and one after them"])


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_what_one_branch_writes_is_not_overwritten_by_the_other(order: str) -> None:
    sheet = Sheet(BRANCHES)
    run = start(sheet, again=True, verdict="old", until="old")
    for step in order:
        do(run, step, **({"verdict": "new"} if step == "a" else {"until": "new"}))
        run = again(run, sheet)
    assert {name: run.facts[name] for name in ("verdict", "until")} == {"verdict": "new", "until": "new"}


def test_without_sharing_the_last_branch_overwrites_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: SpiffWorkflow gives each branch a copy of the facts."""
    monkeypatch.setattr("engine.interpreter.run.share", lambda *_: None)
    sheet = Sheet(BRANCHES)
    run = start(sheet, again=True, verdict="old")
    do(run, "a", verdict="new")
    do(run, "b")
    assert run.facts["verdict"] == "old"


def test_what_a_table_says_in_one_branch_is_known_in_the_other() -> None:
    rule = (
        '<businessRuleTask id="rule"><extensionElements><spiffworkflow:calledDecisionId>kind'
        "</spiffworkflow:calledDecisionId></extensionElements></businessRuleTask>"
    )
    body = FORK + JOIN + rule + user("b", "c") + flow("start", "fork") + flow("fork", "rule") + flow("fork", "b")
    body += flow("rule", "join") + flow("b", "join") + flow("join", "c") + flow("c", "end")
    sheet = Sheet(process("p", START, END, body), decisions=load_decisions(TABLE.encode(), "d.dmn"))
    run = again(start(sheet, verdict="old", until=None), sheet)
    do(run, "b")
    assert opened(run) == "c" and run.facts["verdict"] == "asked"


def test_three_hundred_loops_in_a_branch_leave_no_trace_and_the_join_still_waits() -> None:
    """The tokens that wait are kept, and nothing of what was done: the tree ended at a depth of 1,000 otherwise."""
    sheet = Sheet(process("p", SHEETS["a loop in a branch"]))
    run = again(start(sheet, again=False, verdict="ask"), sheet)
    do(run, "b", verdict="ask")
    sizes = []
    for _ in range(300):
        run = happens(run, "do a", sheet, verdict="ask")
        sizes.append(len(run.dump()))
        assert opened(run) == "a"
    assert max(sizes) <= min(sizes) * 1.02
    run = happens(run, "do a", sheet, verdict="no")
    assert (run.finished, run.end) == (True, "end")


def test_a_stuck_join_is_no_end() -> None:
    """Lint refuses it; a case that is there all the same is not counted as finished."""
    body = FORK + JOIN + user("a", "b") + gateway("x", "x__end") + flow("start", "fork") + flow("fork", "a")
    body += flow("fork", "b") + flow("a", "join") + flow("b", "x") + flow("x", "join", "again") + flow("x", "end")
    sheet = Sheet(process("p", START, END, '<endEvent id="done"/>', body, flow("join", "done")))
    assert any("branch.stuck" in text for text in found(sheet))
    run: Run = again(start(sheet, again=False), sheet)
    for step in "ab":
        run = happens(run, f"do {step}", sheet)
    assert (opened(run), run.finished) == ("", False)
