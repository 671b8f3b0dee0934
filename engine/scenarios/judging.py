"""What a scenario expects is compared with what the case has come to; everything that differs is told."""

from __future__ import annotations

from collections.abc import Iterator

from engine.feel.findings import Finding
from engine.feel.said import Said, Words, listed
from engine.interpreter.facts import Scalar
from engine.scenarios.faults import EMPTY, FAULTS, NOTHING, PASSED
from engine.scenarios.model import Line, Scenario
from engine.scenarios.standing import Standing

SHOWN = 12


def judge(scenario: Scenario, stands: Standing) -> list[Finding]:
    """Every expectation of `then` that does not hold, in its order."""
    return [found for check in (_end, _status, _open, _path, _facts, _texts) for found in check(scenario, stands)]


def _end(scenario: Scenario, stands: Standing) -> Iterator[Finding]:
    end, came = scenario.then.end, stands.case.end_id if stands.case.ended_at else None
    if end is not None and end.text != came:
        yield _wrong("end", scenario, end, name=end.text, found=stands.told)


def _status(scenario: Scenario, stands: Standing) -> Iterator[Finding]:
    status = scenario.then.status
    if status is not None and status.text != stands.case.status:
        yield _wrong("status", scenario, status, name=status.text, found=f"“{stands.case.status}”")


def _open(scenario: Scenario, stands: Standing) -> Iterator[Finding]:
    wanted = scenario.then.open
    if wanted is None:
        return
    roles = {task.step: task.role for task in stands.tasks}
    if wanted.keys() != roles.keys():
        place = Line("", scenario.then.open_line)
        yield _wrong("open", scenario, place, name=_names(wanted), found=stands.told)
    for step, role in wanted.items():
        if role.text and roles.get(step, role.text) != role.text:
            yield _wrong("role", scenario, role, name=step, role=role.text, found=roles[step])


def _path(scenario: Scenario, stands: Standing) -> Iterator[Finding]:
    """The elements are passed in this order; others may come between them."""
    left = iter(stands.passed)
    before: list[str] = []
    for one in scenario.then.path or ():
        rest = []
        while (passed := next(left, None)) is not None and passed != one.text:
            rest.append(passed)
        if passed is None:
            yield _wrong("path", scenario, one, name=one.text, found=PASSED.filled(names=_names(rest)))
            return
        before.append(passed)


def _facts(scenario: Scenario, stands: Standing) -> Iterator[Finding]:
    for name, value in (scenario.then.facts or {}).items():
        found = _plain(stands.facts.get(name))
        if found != value.text:
            said: dict[str, Words] = {"value": value.text or EMPTY, "found": found or EMPTY}
            yield _wrong("fact", scenario, value, name=name, **said)


def _plain(value: Scalar) -> str:
    """As YAML has it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _texts(scenario: Scenario, stands: Standing) -> Iterator[Finding]:
    wanted = scenario.then.texts
    if wanted is not None and [one.text for one in wanted] != stands.texts:
        place = Line("", scenario.then.texts_line)
        names = _names(one.text for one in wanted)
        yield _wrong("texts", scenario, place, name=names, found=_names(stands.texts))


def _names(names: object) -> Said:
    found = [str(name) for name in names]  # type: ignore[attr-defined]
    shown = [*found[:SHOWN], "…"] if len(found) > SHOWN else found
    return listed(shown) if shown else NOTHING


def _wrong(variant: str, scenario: Scenario, place: Line, /, **what: Words) -> Finding:
    return FAULTS.found(f"scenario.play/{variant}", scenario.file, place.text or None, place.line, **what)
