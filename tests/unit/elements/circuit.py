"""An element in a loop: small diagrams that lint lets through, walked three times round on the real engine.

After each thing that happens the state is compacted, stored and read again, as a case's state is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from lxml import etree

from engine.diagrams.allowed import check_elements
from engine.diagrams.drawing import draw
from engine.diagrams.lint import branches, events, expressions, flows, loops, services
from engine.diagrams.lint.structure import check_structure
from engine.diagrams.lint.subject import Subject
from engine.diagrams.reading import read_diagram
from engine.diagrams.schema import check_schema
from engine.diagrams.specs import Decides
from engine.interpreter import Run
from engine.services import ServiceSpec
from tests.unit.sheets import DECLARED, END, NOW, START, Sheet, again, do, flow, gateway, process, start, user

SERVICES = {"do.it": ServiceSpec("do.it", (), {})}
OF_ROADS = (
    *flows.RULES, *loops.RULES, *branches.RULES, *services.RULES, *expressions.RULES, *events.RULES,
)  # fmt: skip
ROUNDS = 3


@dataclass(frozen=True)
class Circuit:
    """What stands between the head of a loop and the step `after`; `walk` says what happens and what is open then.

    It is entered at `first`, and its last elements lead to `after` by flows of its own. An action is `do STEP`,
    `answer JOB`, `fail JOB`, `send MESSAGE` or `wait HOURS`; what is open are steps and jobs, by their ids.
    """

    name: str
    first: str
    body: str
    opens: str
    walk: Sequence[tuple[str, str]]
    others: tuple[str, ...] = ()
    decisions: Mapping[str, Decides] = field(default_factory=dict)

    @property
    def sheet(self) -> Sheet:
        frame = [
            START, END, '<exclusiveGateway id="head"/>', user("after"), gateway("out", "out__end"),
            flow("start", "head"), flow("head", self.first), flow("after", "out"), flow("out", "head", "again"),
            flow("out", "end"),
        ]  # fmt: skip
        return Sheet(process("circuit", *frame, self.body), *self.others, decisions=self.decisions)


def found(sheet: Sheet) -> list[str]:
    """What the checks have against a sheet, as a text each; names and steps, which sheets do without, left out."""
    root = etree.fromstring(sheet.text.encode())
    first = [*check_schema("sheet", root), *check_elements("sheet", root)]
    if first:
        return [finding.text("en") for finding in first]
    diagram = read_diagram("sheet", root)
    whole = check_structure([diagram], diagram.processes[0].id)
    if whole:
        return [finding.text("en") for finding in whole]
    drawing = draw([diagram], diagram.processes[0].id)
    subject = Subject(
        drawing, SERVICES, frozenset(), frozenset(), frozenset(sheet.decisions), frozenset(), frozenset(DECLARED), {}
    )
    findings = [finding for rule in OF_ROADS for finding in rule(subject)]
    return [finding.text("en") for finding in findings if finding.rule != "end.name"]


def opened(run: Run) -> str:
    return " ".join(sorted([*(step.step for step in run.steps), *(job.element for job in run.jobs)]))


def happens(run: Run, action: str, sheet: Sheet, **facts: Any) -> Run:
    """One thing happens to a stored state, and it is stored again."""
    word, _, what = action.partition(" ")
    if word == "wait":
        return _swept(run, sheet, timedelta(hours=float(what)))
    if word == "do":
        do(run, what, **facts)
    elif word == "send":
        run.send(what, facts)
    else:
        job = next(job.id for job in run.jobs if job.element == what)
        assert run.answer(job, facts) is None if word == "answer" else run.fail(job, "exhausted")
    return again(run, sheet)


def _swept(run: Run, sheet: Sheet, passed: timedelta) -> Run:
    """So much later every timer that is due is fired, one after the other, and the clock goes back for the next."""
    later = again(run, sheet, NOW + passed)
    for due in sorted(later.timers, key=lambda each: each.due_at):
        if due.due_at <= NOW + passed and due.id in {each.id for each in later.timers}:
            later.fire(due.id)
            later = again(later, sheet, NOW + passed)
    return again(later, sheet)


def rounds(circuit: Circuit) -> list[int]:
    """Walk it round; the size of the state at `after` in each round, the last of which comes to the end."""
    sheet = circuit.sheet
    run = again(start(sheet), sheet)
    sizes = []
    for number in range(1, ROUNDS + 1):
        assert opened(run) == circuit.opens, f"round {number} begins"
        for action, then in circuit.walk:
            run = happens(run, action, sheet)
            assert opened(run) == then, f"round {number}, {action}"
        assert opened(run) == "after" and not run.finished
        sizes.append(len(run.dump()))
        run = happens(run, "do after", sheet, again=number < ROUNDS)
    assert (run.finished, run.end, opened(run)) == (True, "end", "")
    return sizes
