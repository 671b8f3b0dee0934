"""What may happen to a case at a moment, read from its own version: forms, reasons, services, messages and timers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from engine.bundles import Bundle
from engine.cases import asking
from engine.cases.intentions import Scalar
from engine.feel.evaluator import evaluate
from engine.interpreter import Due, OpenJob, OpenStep, Run
from engine.outbox import EXHAUSTED
from tests.flow.wander.sayings import Saying, answers, sayings


@dataclass(frozen=True)
class Choice:
    """One thing that somebody may do, where `at` is open. `word` tells it from the others there."""

    at: str
    word: str
    what: str
    id: str
    facts: Mapping[str, Scalar]
    when: datetime

    @property
    def key(self) -> tuple[str, str]:
        return self.at, self.word


def choices(bundle: Bundle, run: Run, now: datetime) -> list[Choice]:
    """Everything that may happen now, what leads on first."""
    place = "+".join(sorted({*(each.step for each in run.steps), *(each.element for each in run.jobs)}))
    return [
        *(choice for step in run.steps for choice in _of_step(bundle, run, step, now)),
        *(choice for job in run.jobs for choice in _of_job(job, now)),
        *(Choice(place, f"told {name}", "told", name, {}, now) for name in _messages(bundle) if run.waits_for(name)),
        *(_ringing(place, due, now) for due in run.timers),
    ]


def take(run: Run, choice: Choice) -> bool:
    """Let it happen; `run` was restored at the moment of the choice. False for a failure that no road is drawn for."""
    if choice.what == "done":
        run.complete(choice.id, choice.facts)
    elif choice.what == "answered":
        run.answer(choice.id, choice.facts)
    elif choice.what == "failed":
        return run.fail(choice.id, EXHAUSTED)
    elif choice.what == "told":
        run.send(choice.id, choice.facts)
    else:
        run.fire(choice.id)
    return True


def _of_step(bundle: Bundle, run: Run, step: OpenStep, now: datetime) -> Iterator[Choice]:
    """The facts are those that `engine.cases` gives along when a step is done, rejected or left by 上一步."""
    drawn, facts = bundle.step(step.step), run.facts
    end = (now + timedelta(days=3)).isoformat()
    for said in sayings(bundle, step.step, end):
        given = {**said.facts, "back": False} | ({} if drawn.role == "investor" else {"rejection.final": False})
        words = ", ".join(f"{name} is {value}" for name, value in said.facts.items() if value != end) or "done"
        if not said.reasons:
            yield Choice(step.step, words, "done", step.id, given | asking.done(step.step), now)
        for code, asked in _rejections(bundle, said, facts).items():
            yield Choice(step.step, f"{words}: {code}", "done", step.id, given | asked, now)
    if drawn.back and (not drawn.back_when or evaluate(drawn.back_when, facts, bundle.declared) is True):
        asked_again = {drawn.back} | asking.repeated(bundle, drawn.back, facts)
        yield Choice(step.step, "back", "done", step.id, {**asking.todo(sorted(asked_again)), "back": True}, now)


def _rejections(bundle: Bundle, said: Saying, facts: Mapping[str, Any]) -> dict[str, dict[str, Scalar]]:
    """One reason for each set of steps that is asked again."""
    found: dict[frozenset[str], tuple[str, dict[str, Scalar]]] = {}
    for code in said.reasons:
        reason = bundle.reason(code)
        asked = asking.asked_by(bundle, [reason], facts)
        found.setdefault(frozenset(asked), (code, {**asking.todo(sorted(asked)), "rejection.final": reason.final}))
    return dict(found.values())


def _of_job(job: OpenJob, now: datetime) -> Iterator[Choice]:
    for result in answers(job.service):
        yield Choice(job.element, str(result), "answered", job.id, result, now)
    yield Choice(job.element, "exhausted", "failed", job.id, {}, now)


def _messages(bundle: Bundle) -> list[str]:
    events = (element.event for element in bundle.drawing.elements.values() if element.event)
    return sorted({event.text for event in events if event.kind == "message"})


def _ringing(place: str, due: Due, now: datetime) -> Choice:
    return Choice(place, f"due {due.element}", "due", due.id, {}, max(now, due.due_at))
