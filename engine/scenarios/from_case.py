"""A scenario made of a real case: the way that it went, and nothing of its customer.

Kept is what decides: the facts that a form declares, results of services, reasons, messages, timers, and how long
was waited. What a person typed, uploaded or signed is never opened; a specimen stands for it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.audit import case_chain
from engine.bundles import Bundle, Known
from engine.feel.said import Said
from engine.scenarios import model
from engine.scenarios.model import Move
from engine.scenarios.recorded import Answered, Line, Recorded
from engine.scenarios.sandbox import BEGINS
from engine.scenarios.standing import Standing
from engine.scenarios.writing import Came, written
from engine.store import Store
from engine.tables import AuditRow, Case, Job

NAME = Said("来自真实受理单：{status}", "from a real case: {status}")
LEAST_WAIT = timedelta(hours=1)
"""A shorter wait is no part of the way."""

NOT_HERE = Said("{action} 没有带上：场景里没有这样的事", "{action} is not carried over: no scenario has such a thing")
NO_STEP = Said(
    "步骤 {step} 没有带上：现在的版本没有它", "the step {step} is not carried over: this version has none such"
)
WITH_FACTS = Said("消息 {name} 带来的事实没有带上", "what the message {name} told is not carried over")
UNANSWERED = Said(
    "还在等服务 {name}：答复之后再做场景", "it waits for {name}: make the scenario when that has answered"
)


@dataclass(frozen=True)
class Made:
    """The text of a scenario, and what of the case is not in it."""

    text: str
    lost: tuple[Said, ...]


def made_of(store: Store, bundle: Bundle, known: Known, case_id: str, *, waits: bool = True) -> Made:
    """The way of a case on the version that it is pinned to, with its waits or without."""
    stands = Standing(store, bundle, case_id)
    with store.read() as tx:
        teller = _Teller(tx, bundle, known, stands.case, waits)
        lines = tuple(teller.lines(_events(tx, case_id)))
    lost = [*teller.lost, *(UNANSWERED.filled(name=job.service) for job in stands.jobs)]
    name = NAME.filled(status=stands.case.status).zh
    return Made(written(name, Recorded(_settings(stands, known), lines), _came(stands)), tuple(dict.fromkeys(lost)))


@dataclass(frozen=True)
class _Event:
    at: datetime
    action: str
    body: Mapping[str, Any]


def _events(tx: Session, case_id: str) -> list[_Event]:
    mine = select(AuditRow).where(AuditRow.chain == case_chain(case_id)).order_by(AuditRow.seq)
    return [_Event(row.at, row.action, json.loads(row.body)) for row in tx.scalars(mine)]


@dataclass
class _Teller:
    """Turns what the audit of a case says into lines of a scenario; `lost` is what it could not."""

    tx: Session
    bundle: Bundle
    known: Known
    case: Case
    waits: bool
    lost: list[Said] = field(default_factory=list)

    def lines(self, events: list[_Event]) -> Iterator[Line]:
        last = self.case.opened_at
        for event in events:
            line = self.line(event)
            if line is None:
                continue
            waited = event.at - last
            if self.waits and waited >= LEAST_WAIT and isinstance(line, Move) and line.word != model.TIMER:
                yield Move(model.ADVANCE, 0, target=_length(waited))
            last = event.at
            yield line

    def line(self, event: _Event) -> Line | None:
        told: dict[str, Callable[[Mapping[str, Any]], Line | None]] = {
            "submit": self.step,
            "reject": self.step,
            "back": lambda body: Move(model.BACK, 0, target=body["step"]),
            "timer": lambda body: Move(model.TIMER, 0, target=body["element"]),
            "result": self.answer,
            "incident.result": self.answer,
            "exhausted": self.failed,
        }
        if event.action in told:
            return told[event.action](event.body)
        if "message" in event.body:
            return self.message(event.body)
        if "flows" in event.body and event.action != "open":  # only what moves a case is written with them
            self.lost.append(NOT_HERE.filled(action=event.action))
        return None

    def step(self, body: Mapping[str, Any]) -> Line | None:
        step = body["step"]
        if not self.bundle.has_step(step):
            self.lost.append(NO_STEP.filled(step=step))
            return None
        declared = self.known.form_facts(self.bundle.forms[self.bundle.step(step).form])
        said = {
            name: self.value(value) for name, value in body["facts"].items() if name in declared and value is not None
        }
        return Move(step, 0, said=said, reasons=tuple(body.get("reasons", ())))

    def value(self, value: object) -> str:
        """A moment is as far from the beginning of the scenario as it was from that of the case."""
        if isinstance(value, bool):
            return str(value).lower()
        moment = _moment(value)
        return str(value) if moment is None else (moment + (BEGINS - self.case.opened_at)).isoformat()

    def answer(self, body: Mapping[str, Any]) -> Line | None:
        """What only says that it is done need not be told."""
        spec = self.known.services[body["service"]]
        decides = any(kind is not bool for kind in spec.results.values()) or False in body["facts"].values()
        return Answered(body["service"], body["facts"]) if spec.task and decides else None

    def failed(self, body: Mapping[str, Any]) -> Line | None:
        job = self.tx.get(Job, body["job"])
        if job is None or job.element is None:
            self.lost.append(NOT_HERE.filled(action=f"exhausted ({body['service']})"))
            return None
        return Move(model.FAILS, 0, target=job.element)

    def message(self, body: Mapping[str, Any]) -> Line:
        if body.get("facts"):
            self.lost.append(WITH_FACTS.filled(name=body["message"]))
        return Move(model.MESSAGE, 0, target=body["message"])


def _length(waited: timedelta) -> str:
    """Rounded down, so that nothing rings before it rang."""
    hours = int(waited.total_seconds() // 3600)
    parts = [f"{count}{unit}" for count, unit in ((hours // 24, "d"), (hours % 24, "h")) if count]
    return " ".join(parts)


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _settings(stands: Standing, known: Known) -> dict[str, bool]:
    """The switches that the case began with; a length of time is the company's own."""
    named = {name: stands.facts.get(f"settings.{name}") for name in sorted(known.settings)}
    return {name: value for name, value in named.items() if isinstance(value, bool)}


def _came(stands: Standing) -> Came:
    case = stands.case
    path = tuple(element for element in stands.passed if stands.bundle.has_step(element))
    if case.ended_at is not None:
        return Came(case.end_id, case.status, {}, path)
    return Came(None, None, {task.step: task.role for task in stands.tasks}, path)
