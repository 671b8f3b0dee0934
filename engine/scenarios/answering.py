"""Services answer as the scenario's `given` says: one answer after the other, the last one from then on."""

from __future__ import annotations

from collections.abc import Mapping

from engine import outbox
from engine.diagrams.drawing import Drawing
from engine.scenarios.bounds import Bounds
from engine.scenarios.faults import FAULTS
from engine.scenarios.model import Answer, Scenario
from engine.scenarios.standing import Standing
from engine.scenarios.wrong import Wrong
from engine.services import ServiceSpec
from engine.tables import Job

MOST_ROUNDS = 50


def done(spec: ServiceSpec) -> Answer:
    """The answer of a service that only says whether it is done."""
    return dict.fromkeys(spec.results, True)


class Services:
    """The services of one play."""

    def __init__(self, scenario: Scenario, services: Mapping[str, ServiceSpec]) -> None:
        self._scenario, self._specs = scenario, services
        self._left = {service: list(answers) for service, answers in scenario.answers.items()}

    def answer_all(self, stands: Standing, line: int, bounds: Bounds, but: str = "") -> None:
        """Every job that waits is answered until none is left; the service task `but` waits on."""
        for _ in range(MOST_ROUNDS):
            stands = Standing(stands.store, stands.bundle, stands.case_id)
            waiting = [job for job in stands.jobs if job.element != but]
            if not waiting:
                return
            bounds.spend(self._scenario.file, line)
            answer = self._next(waiting[0], line)
            outbox.finish(stands.store, waiting[0].id, waiting[0].attempt, answer)
        raise Wrong(FAULTS.found("scenario.play/rest", self._scenario.file, None, line, most=str(MOST_ROUNDS)))

    def give_up(self, stands: Standing, job: Job) -> None:
        """The service fails for good."""
        outbox.due(stands.store)
        for sent in Standing(stands.store, stands.bundle, stands.case_id).jobs:
            if sent.id == job.id:
                outbox.fail(stands.store, sent.id, sent.attempt, "the scenario lets it fail", permanent=True)

    def asks(self, job: Job) -> bool:
        """Whether its answer decides; of one that only says whether it is done, the answer is that it is."""
        return not all(kind is bool for kind in self._specs[job.service].results.values())

    def _next(self, job: Job, line: int) -> Answer:
        answers, service = self._left.get(job.service), job.service
        if answers:
            return self._taken(answers)
        if self.asks(job):
            raise Wrong(FAULTS.found("scenario.play/answer", self._scenario.file, service, line, name=service))
        return done(self._specs[service])

    def _taken(self, answers: list[Answer]) -> Answer:
        return answers[0] if len(answers) == 1 else answers.pop(0)


class Once(Services):
    """Each answer counts once: while somebody records, he is asked again each time.

    He is asked too of a service that only says that it is done, where the drawing has a road for when it is not.
    """

    def __init__(self, scenario: Scenario, services: Mapping[str, ServiceSpec], drawing: Drawing) -> None:
        super().__init__(scenario, services)
        borders = drawing.of("boundaryEvent")
        tasks = {one.attached_to for one in borders if one.event and one.event.kind == "error"}
        elements = drawing.elements.values()
        self._may_fail = {one.operator.id for one in elements if one.operator and one.id in tasks}

    def asks(self, job: Job) -> bool:
        return super().asks(job) or job.service in self._may_fail

    def _taken(self, answers: list[Answer]) -> Answer:
        return answers.pop(0)
