"""One case brought to where it is measured, by the engine's own commands."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import select

from benchmarks.installation import BRANCH, BUSINESS, REVIEWER, customer
from engine import claims, outbox
from engine.actors import Actor
from engine.cases import Completion, RejectionInput, complete, open_case, open_tasks
from engine.store import Store
from engine.tables import Job

DESK = Actor("staff", REVIEWER, "评测", frozenset({"reviewer"}), BRANCH)
SETTINGS = {"idle_warning": "P23D", "idle_limit": "P30D", "second_review": False}
MEASURED = "basic_data"
"""The step that is completed over HTTP: three typed fields, five that are shown."""
ANSWERS = {"address": "样本市样本路 2 号", "issuer": "样本市公安局", "validity": "2016.05.02-2036.05.02"}


class Walk:
    """The case of a new customer."""

    def __init__(self, store: Store) -> None:
        self.store, who = store, customer(store, store.ids.new())
        self.me = Actor("investor", who, "王测试", frozenset({"investor"}), BRANCH)
        self.id = open_case(store, business=BUSINESS, customer_id=who, branch_id=BRANCH, settings=SETTINGS)

    @property
    def open_task(self) -> str:
        """The id of the task that is open now."""
        return self._open()[0]

    def to_measured(self, loops: int = 0) -> None:
        """To the measured step, after so many rejections that asked it again."""
        self._do("upload_photos")
        self._answer_all("notice.send")
        for silent in ("photo.look", "photo.read"):
            self._answer(silent, {})
        self._answer("photo.check", {"photos.verdict": "ok"})
        self._do("check_photos")
        if loops:
            self._to_review()
        for each in range(loops):
            self._reject("address_differs", "card_number_wrong")
            if each < loops - 1:
                self._to_review()

    def to_review(self) -> None:
        self.to_measured()
        self._to_review()

    def to_end(self) -> None:
        """From the desk to 办理成功."""
        task = self._claimed("review")
        self._complete(Completion(task, DESK, uuid4().hex, answers={}, facts={"review.decision": "pass"}))
        self._answer("account.apply", {"application.result": "applied"})
        self._answer_all()

    def _to_review(self) -> None:
        """Data and cards, then whatever else is asked this time."""
        self._do(MEASURED)
        self._do("bank_cards")
        self._answer("card.read", {})
        self._answer("card.check", {"cards.verdict": "ok"})
        while (step := self._open()[1]) != "review":
            self._do(step, {"certificate.found": True} if step == "certificate_check" else {})

    def _reject(self, *reasons: str) -> None:
        """A rejection that asks data and cards again, so that the measured step goes the same way in each round."""
        rejections = tuple(RejectionInput(reason, internal_note="seen") for reason in reasons)
        self._complete(Completion(self._claimed("review"), DESK, uuid4().hex, rejections=rejections))

    def _claimed(self, step: str) -> str:
        task, found = self._open()
        assert found == step, f"{found} is open, not {step}"
        claims.claim(self.store, task, DESK, "it is my turn")
        return task

    def _do(self, step: str, facts: dict[str, bool | str | int | float] | None = None) -> None:
        task, found = self._open()
        assert found == step, f"{found} is open, not {step}"
        answers = ANSWERS if step == MEASURED else {"of": step}
        self._complete(Completion(task, self.me, uuid4().hex, answers=answers, facts=facts or {}))

    def _complete(self, completion: Completion) -> None:
        complete(self.store, completion)

    def _open(self) -> tuple[str, str]:
        with self.store.read() as tx:
            tasks = open_tasks(tx, self.id)
            return tasks[0].id, tasks[0].step

    def _answer(self, service: str, facts: dict[str, bool | str | int | float]) -> None:
        job = next(job for job in self._sent() if job.service == service)
        outbox.finish(self.store, job.id, job.attempt, facts)

    def _answer_all(self, service: str = "") -> None:
        for job in (job for job in self._sent() if service in ("", job.service)):
            results = self.store.services[job.service].results
            outbox.finish(self.store, job.id, job.attempt, dict.fromkeys(results, True))

    def _sent(self) -> list[Job]:
        """What was not answered yet, sent as the relay sends it."""
        outbox.due(self.store)
        with self.store.read() as tx:
            return list(tx.scalars(select(Job).where(Job.case_id == self.id, Job.status.in_(("due", "sent")))))
