"""Where a recording has come to: what is open, what is waited for, what may happen next, and what it would assert."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from engine.bundles import Bundle
from engine.cases import ways_back
from engine.feel.findings import Finding
from engine.interpreter import Run
from engine.interpreter.facts import Scalar
from engine.scenarios.answering import Once
from engine.scenarios.bounds import Bounds
from engine.scenarios.model import FAILS, Move, Scenario
from engine.scenarios.playing import Player
from engine.scenarios.reading import usual_settings
from engine.scenarios.recorded import Recorded
from engine.scenarios.running import broken
from engine.scenarios.sandbox import Sandbox
from engine.scenarios.standing import Standing
from engine.scenarios.writing import Came
from engine.scenarios.wrong import Wrong
from engine.store import Store
from engine.tables import Job, Task

ASKS = "answer"
"""The variant of the finding by which a play says that a service waits for an answer that nobody gave."""


@dataclass(frozen=True)
class Open:
    """A step that may be done: by whom, with which questions, and the step to which 上一步 leads."""

    step: str
    role: str
    round: int
    questions: tuple[str, ...]
    back: str | None


@dataclass(frozen=True)
class Asking:
    """A service task that waits for an answer; `alone` where no other one waits, so that it may fail for good."""

    service: str
    element: str
    alone: bool


@dataclass(frozen=True)
class Stand:
    """A moment of a play. `stopped` is why it went no further than `line`, in both languages; None where it did."""

    line: int
    stopped: tuple[str, str] | None
    steps: tuple[Open, ...]
    asking: Asking | None
    messages: tuple[str, ...]
    timers: tuple[tuple[str, str], ...]
    clock: str
    facts: Mapping[str, Scalar]
    texts: tuple[str, ...]
    end: str | None
    status: str
    path: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Stand:
        parts = {
            "steps": tuple(Open(**{**one, "questions": tuple(one["questions"])}) for one in plain["steps"]),
            "asking": Asking(**plain["asking"]) if plain["asking"] else None,
            "stopped": tuple(plain["stopped"]) if plain["stopped"] else None,
            "timers": tuple((element, due) for element, due in plain["timers"]),
            **{name: tuple(plain[name]) for name in ("messages", "texts", "path")},
        }
        return cls(**{**plain, **parts})

    @property
    def came(self) -> Came:
        """What a scenario of this play asserts. What is open has no status of its own to assert: its step says it."""
        if self.end is not None:
            return Came(self.end, self.status, {}, self.path)
        return Came(None, None, {one.step: one.role for one in self.steps}, self.path)


def walk(sandbox: Sandbox, recorded: Recorded, bounds: Bounds) -> Stand:
    """Play it from the beginning, until it is over, until a service waits, or until something no longer fits."""
    scenario = recorded.scenario(usual_settings(sandbox.known))
    with sandbox.house() as store:
        services = Once(scenario, sandbox.known.services, sandbox.bundle.drawing)
        player = Player(sandbox, store, scenario, bounds, services)
        return _stand(player, _played(player, scenario))


def _played(player: Player, scenario: Scenario) -> Finding | None:
    try:
        player.play()
    except Wrong as wrong:
        return wrong.finding
    except Exception as wrong:  # the engine's own fault, which a diagram may bring about
        return broken("", wrong)
    return None


def _stand(player: Player, wrong: Finding | None) -> Stand:
    stands, store, bundle = player.stands, player.store, player.sandbox.bundle
    asked = wrong is not None and wrong.variant == ASKS
    stopped = wrong is not None and not asked
    case = stands.case
    return Stand(
        line=(wrong.line or 0) if wrong is not None and stopped else len(player.scenario.moves),
        stopped=(wrong.why.zh, wrong.why.en) if wrong is not None and stopped else None,
        steps=tuple(_open(store, bundle, task) for task in stands.tasks),
        asking=_asking(player, stands.jobs) if asked else None,
        messages=tuple(_messages(store, stands)),
        timers=tuple((timer.element, timer.due_at.isoformat()) for timer in stands.timers),
        clock=store.clock.now().isoformat(),
        facts={name: value for name, value in sorted(stands.facts.items()) if value is not None},
        texts=tuple(stands.texts),
        end=case.end_id if case.ended_at is not None else None,
        status=case.status,
        path=tuple(_steps(bundle, stands.passed)),
    )


def _open(store: Store, bundle: Bundle, task: Task) -> Open:
    asked = bundle.questions.drawn(task.id) if bundle.questions else ()
    with store.read() as tx:
        back = next(iter(ways_back(store, tx, task)), None)
    return Open(task.step, task.role, task.round, tuple(one.code for one in asked), back)


def _asking(player: Player, jobs: list[Job]) -> Asking | None:
    """The first one whose answer decides something; what fails anyhow by the last move is not asked."""
    last: Iterable[Move] = player.scenario.moves[-1:]
    failing = {move.target for move in last if move.word == FAILS}
    asked = [job for job in jobs if job.element not in failing and player.services.asks(job)]
    return Asking(asked[0].service, asked[0].element or "", alone=len(asked) == 1) if asked else None


def _messages(store: Store, stands: Standing) -> Iterable[str]:
    """What the case would take now, in the order of the drawing."""
    if stands.case.ended_at is not None:
        return ()
    elements = stands.bundle.drawing.elements.values()
    named = dict.fromkeys(one.event.text for one in elements if one.event and one.event.kind == "message")
    run = Run.restore(stands.bundle, stands.case.state, store.clock.now())
    return [name for name in named if run.waits_for(name)]


def _steps(bundle: Bundle, passed: Iterable[str]) -> Iterable[str]:
    return (element for element in passed if bundle.has_step(element))
