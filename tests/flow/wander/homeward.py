"""The way home: from wherever a case stands, a simple policy brings it to an end in a bounded number of steps."""

from __future__ import annotations

from engine.cases import waits_for
from engine.cases.intentions import Scalar
from engine.cases.status import is_claimed
from engine.tables import Task
from tests.flow.wander.editions import edition
from tests.flow.wander.ground import EVERYBODY, FRESH, half_days
from tests.flow.wander.sayings import Saying, answers, books, sayings
from tests.walk import Walk

WAYS = ("goes on", "gives up", "is left alone", "is refused")
BOUND = 40
"""The longest chain asks some fifteen steps and four services, with a video and an application that is refused."""
ONWARD: dict[str, Scalar] = {
    "certificate.found": True,
    "video.choice": "queue",
    "device.ok": True,
    "device.choice": "queue",
    "appointment.choice": "queue",
    "video.decision": "pass",
    "review.decision": "pass",
    "second_review.decision": "pass",
    "refusal.decision": "retry",
}


def home(walk: Walk, way: str) -> None:
    """Bring a case to its end; AssertionError where that takes more steps than any case needs."""
    if way == "gives up" and _may_give_up(walk):
        walk.give_up()
    if way == "is left alone" and (limit := walk.timers.get("idle_limit")):
        walk.wait(seconds=max(0.0, (limit.due_at - walk.store.clock.now()).total_seconds()))
    for _ in range(BOUND):
        if walk.case.ended_at is not None:
            return
        step_on(walk, refuse=way == "is refused")
    raise AssertionError(f"{BOUND} steps led to no end: {walk.case.status}, {walk.steps}")


def _may_give_up(walk: Walk) -> bool:
    with walk.store.read() as tx:
        return waits_for(walk.store, tx, walk.case, "abandon")


def step_on(walk: Walk, refuse: bool = False) -> None:
    """Whoever is asked does what leads on."""
    task = next(iter(walk.tasks), None)
    if task is None:
        assert walk.jobs, "nobody is asked for anything"
        service = walk.jobs[0].service
        assert walk.answer(service, **answers(service)[0]), f"the answer of {service} does not count"
    elif task.role == "investor":
        walk.do(task.step, **_onward(walk, task.step).facts)
    else:
        _decide(walk, task, refuse)


def _decide(walk: Walk, task: Task, refuse: bool) -> None:
    """Whoever holds it, or a new colleague."""
    held = is_claimed(task, walk.store.clock.now())
    person = EVERYBODY[task.claimed_by] if held and task.claimed_by else FRESH[task.step]
    final = _final(walk, task.step) if refuse else None
    if final is None:
        walk.decide(task.step, by=person, **_onward(walk, task.step).facts)
    else:
        walk.reject(task.step, final.reasons[0], by=person, **final.facts)


def _onward(walk: Walk, step: str) -> Saying:
    bundle = edition(walk)
    end = half_days(walk)[0].ends_at.isoformat() if books(bundle, step) else None
    said = sayings(bundle, step, end)
    return next(one for one in said if all(ONWARD.get(fact, value) == value for fact, value in one.facts.items()))


def _final(walk: Walk, step: str) -> Saying | None:
    """A decision with a reason that ends the case."""
    bundle = edition(walk)
    said = [(one, [code for code in one.reasons if bundle.reason(code).final]) for one in sayings(bundle, step)]
    return next((Saying(one.facts, tuple(final)) for one, final in said if final), None)
