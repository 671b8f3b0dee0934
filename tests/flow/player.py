"""Plays the scenarios that analysts write beside their diagrams: `processes/<business>/scenarios/*.yaml`.

Services answer as the scenario's `given` says, one answer after the other and the last one from then on; what it does
not name succeeds. A line of `when` that does not fit where the case stands ends the scenario.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from engine.store import Store
from tests.house import ROOT, SETTINGS, drawn, staff
from tests.walk import Walk
from workers.catalogue import SERVICES

EVENTS = frozenset({"back", "message", "timer", "fails"})


@dataclass(frozen=True)
class Told:
    """One file, read."""

    business: str
    path: Path
    given: Mapping[str, Any]
    when: tuple[Mapping[str, Any], ...]
    then: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"{self.business}/{self.path.stem}"


def read(path: Path) -> Told:
    said = yaml.safe_load(path.read_text("utf-8"))
    assert said.keys() == {"name", "given", "when", "then"}, f"{path.name} says {sorted(said)}"
    assert said["given"].keys() <= {"settings", "services"}
    assert said["then"].keys() == {"end", "status"}
    return Told(path.parent.parent.name, path, said["given"], tuple(said["when"]), said["then"])


def all_told() -> list[Told]:
    return [read(path) for path in sorted(ROOT.glob("processes/*/scenarios/*.yaml"))]


@dataclass
class Player:
    """One case, moved line by line."""

    walk: Walk
    told: Told
    answers: dict[str, deque[Mapping[str, Any]]] = field(default_factory=dict)

    @classmethod
    def start(cls, store: Store, told: Told) -> Player:
        settings = {**SETTINGS, **told.given.get("settings", {})}
        answers = {service: deque(given) for service, given in told.given.get("services", {}).items()}
        assert answers.keys() <= SERVICES.keys()
        return cls(Walk(store, told.business, **settings), told, answers)

    def play(self) -> Player:
        for number, line in enumerate(self.told.when, start=1):
            try:
                self.do(line)
            except (AssertionError, KeyError, ValueError) as wrong:
                raise AssertionError(f"{self.told.name}, line {number} of when, {dict(line)}: {wrong}") from wrong
        self.services_answer()
        return self

    def do(self, line: Mapping[str, Any]) -> None:
        words = dict(line)
        reasons = words.pop("reasons", [])
        [(word, said)] = words.items()
        if word == "fails":
            service = self.service_of(said)
            self.services_answer(but=service)
            self.walk.give_out(service)
            return
        self.services_answer()
        if word in EVENTS:
            getattr(self, f"_{word}")(said)
        else:
            self._step(word, said or {}, reasons)

    def _step(self, step: str, facts: Mapping[str, Any], reasons: list[str]) -> None:
        role = drawn(self.told.business).step(step).role
        if role == "investor":
            assert not reasons
            self.walk.do(step, **facts)
        elif reasons:
            self.walk.reject(step, *reasons, by=staff(f"{role} of {step}"), **facts)
        else:
            self.walk.decide(step, by=staff(f"{role} of {step}"), **facts)

    def _back(self, step: str) -> None:
        self.walk.back(step)

    def _message(self, message: str) -> None:
        if message == "abandon":
            self.walk.give_up()
        else:
            self.walk.say(message)

    def _timer(self, element: str) -> None:
        """Time passes until this timer is due."""
        wait = self.walk.timers[element].due_at - self.walk.store.clock.now()
        assert self.walk.wait(seconds=wait.total_seconds()) >= 1

    def service_of(self, element: str) -> str:
        tasks = {task.id: task for task in drawn(self.told.business).drawing.of("serviceTask")}
        operator = tasks[element].operator
        assert operator is not None
        return operator.id

    def services_answer(self, but: str = "") -> None:
        """Every job that waits is answered, until none is left."""
        for _ in range(20):
            waiting = [job.service for job in self.walk.jobs if job.service != but]
            if not waiting:
                return
            self.walk.answer(waiting[0], **self._next(waiting[0]))
        raise AssertionError("the services never come to rest")

    def _next(self, service: str) -> Mapping[str, Any]:
        given = self.answers.get(service)
        if not given:
            return {name: True for name, kind in SERVICES[service].results.items() if kind is bool}
        return given[0] if len(given) == 1 else given.popleft()

    @property
    def ends(self) -> list[str]:
        """The end events of the root process that were reached, in their order."""
        drawing = drawn(self.told.business).drawing
        ends = {element.id for element in drawing.scopes[drawing.root] if element.kind == "endEvent"}
        return [flow.target for flow in self.walk.flows if flow.process == drawing.root and flow.target in ends]
