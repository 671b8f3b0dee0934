"""A case that somebody else's code began, walked on from wherever it stands."""

from __future__ import annotations

from sqlalchemy import select

from engine.actors import Actor
from engine.store import Store
from engine.tables import Branch, Staff, Task
from tests.flow.wander.ground import employed
from tests.walk import Walk

FACTS = {
    "certificate_check": {"certificate__found": True},
    "certificate_recheck": {"certificate__found": False},
    "install_certificate": {"certificate__found": True},
    "video_page": {"video__choice": "queue"},
    "device_check": {"device__ok": True, "device__choice": "queue"},
}
DECISIONS = {"video_verification": "video__decision", "review": "review__decision", "handle_refusal": ""}
RESULTS = {
    "photo.look": {},
    "photo.read": {},
    "photo.check": {"photos__verdict": "ok"},
    "card.check": {"cards__verdict": "ok"},
    "account.apply": {"application__result": "applied"},
    "notice.send": {"notice__sent": True},
}
MOST = 60


class Resumed(Walk):
    """Each step is done well, by whoever has to do it."""

    def __init__(self, store: Store, case_id: str) -> None:
        self.store, self.id = store, case_id
        self.me = Actor("investor", self.case.customer_id, "customer", frozenset({"investor"}))

    def to_the_end(self) -> None:
        for _ in range(MOST):
            if self.case.ended_at is not None:
                return
            self._next()
        raise AssertionError(f"{self.steps or [job.service for job in self.jobs]}: still not at its end")

    def _next(self) -> None:
        if self.tasks:
            self._do(self.tasks[0])
        else:
            [job] = self.jobs
            self.answer(job.service, **RESULTS[job.service])

    def _do(self, task: Task) -> None:
        decision = DECISIONS.get(task.step)
        if decision is None:
            self.do(task.step, **FACTS.get(task.step, {}))
        else:
            self.decide(task.step, by=self._colleague(task), **{decision: "pass"})

    def _colleague(self, task: Task) -> Actor:
        """Whoever holds the task, or else one of the role and branch who does nothing but this step."""
        with self.store.read() as tx:
            branch = tx.scalars(select(Branch.id).where(Branch.id == task.branch_id)).one()
        colleague = Actor("staff", task.claimed_by or f"of {task.step}", "c", frozenset({task.role}), branch)
        with self.store.write() as tx:
            if tx.get(Staff, colleague.id) is None:
                tx.add(employed(colleague))
        return colleague
