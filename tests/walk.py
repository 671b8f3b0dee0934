"""A case walked by hand: each method is one thing that a person, a service or the clock does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from engine import claims, outbox, timers
from engine.actors import Actor
from engine.cases import (
    Advanced,
    Completion,
    RejectionInput,
    abandon,
    complete,
    facts_of,
    go_back,
    open_case,
    open_tasks,
    send_message,
    telling,
    way_of,
)
from engine.interpreter import FlowTaken
from engine.store import Store
from engine.tables import Case, Job, Task, Timer
from tests.house import CHANGE, SETTINGS, HandClock, investor, staff


class Walk:
    """One customer's case, driven through the engine's own commands."""

    branch = "north"

    def __init__(self, store: Store, business: str = CHANGE, customer: str = "zhang", **settings: object) -> None:
        self.store, self.me = store, investor(customer)
        self.id = open_case(
            store, business=business, customer_id=customer, branch_id=self.branch, settings={**SETTINGS, **settings}
        )

    # where it stands

    @property
    def case(self) -> Case:
        with self.store.read() as tx:
            case = tx.get(Case, self.id)
            assert case is not None
            return case

    @property
    def tasks(self) -> list[Task]:
        with self.store.read() as tx:
            return open_tasks(tx, self.id)

    @property
    def steps(self) -> list[str]:
        return [task.step for task in self.tasks]

    @property
    def jobs(self) -> list[Job]:
        with self.store.read() as tx:
            live = ("due", "sent", "incident")
            mine = select(Job).where(Job.case_id == self.id, Job.status.in_(live), Job.task_id.is_not(None))
            return list(tx.scalars(mine.order_by(Job.created_at, Job.id)))

    @property
    def told(self) -> list[str]:
        """The notices that were written down for the customer's phone, in their order."""
        with self.store.read() as tx:
            mine = select(Job).where(Job.case_id == self.id, Job.service == telling.SERVICE)
            return [str(job.args[telling.TEMPLATE]) for job in tx.scalars(mine.order_by(Job.created_at, Job.id))]

    @property
    def timers(self) -> dict[str, Timer]:
        with self.store.read() as tx:
            return {timer.element: timer for timer in tx.scalars(select(Timer).where(Timer.case_id == self.id))}

    @property
    def facts(self) -> dict[str, Any]:
        with self.store.read() as tx:
            case = tx.get(Case, self.id)
            assert case is not None
            return facts_of(self.store, tx, case)

    @property
    def flows(self) -> list[FlowTaken]:
        with self.store.read() as tx:
            return way_of(tx, self.id)

    def task(self, step: str) -> Task:
        found = [task for task in self.tasks if task.step == step]
        assert found, f"{step} is not open, but {self.steps or [job.service for job in self.jobs] or self.case.status}"
        return found[0]

    # what people do

    def do(self, step: str, **facts: Any) -> Advanced:
        """The investor submits a step."""
        return self.submit(self.task(step), self.me, facts)

    def decide(self, step: str, by: Actor | None = None, **facts: Any) -> Advanced:
        """Somebody of the desk claims a task and decides."""
        task, actor = self.task(step), by or staff(branch=self.branch)
        claims.claim(self.store, task.id, actor, "it is my turn")
        return self.submit(task, actor, facts)

    def reject(self, step: str, *reasons: str, by: Actor | None = None, **facts: Any) -> Advanced:
        """Somebody of the desk rejects for these reasons."""
        task, actor = self.task(step), by or staff(branch=self.branch)
        claims.claim(self.store, task.id, actor, "it is my turn")
        given = tuple(RejectionInput(reason, internal_note="seen") for reason in reasons)
        return complete(self.store, Completion(task.id, actor, new_submission(), facts=dotted(facts), rejections=given))

    def hold(self, step: str, by: Actor | None = None) -> Walk:
        """Somebody of the desk claims a task and does no more."""
        claims.claim(self.store, self.task(step).id, by or staff(branch=self.branch), "it is my turn")
        return self

    def submit(self, task: Task, actor: Actor, facts: Mapping[str, Any]) -> Advanced:
        answers = {"of": task.step, "round": task.round}
        return complete(self.store, Completion(task.id, actor, new_submission(), answers=answers, facts=dotted(facts)))

    def back(self, step: str) -> Advanced:
        """The investor presses 上一步."""
        return go_back(self.store, self.task(step).id, self.me, new_submission())

    def give_up(self) -> None:
        """The investor presses 放弃."""
        abandon(self.store, self.id, self.me, new_submission())

    def say(self, message: str) -> Advanced:
        return send_message(self.store, self.id, message, self.me)

    # what services and the clock do

    def until(self, service: str) -> Walk:
        """Services that have nothing to answer are done, until this one waits to be sent."""
        while service not in (waiting := [job.service for job in self.jobs]):
            silent = [job for job in self.jobs if not self.store.services[job.service].results]
            assert silent, f"{service} does not wait, but {waiting or self.steps}"
            outbox.due(self.store)
            assert outbox.finish(self.store, silent[0].id, silent[0].attempt, {})
        return self

    def answer(self, service: str, **facts: Any) -> bool:
        """The service's job is sent and answers."""
        self.until(service)
        outbox.due(self.store)
        job = next(job for job in self.jobs if job.service == service)
        return outbox.finish(self.store, job.id, job.attempt, dotted(facts))

    def give_out(self, service: str) -> None:
        """The service fails for good."""
        self.until(service)
        outbox.due(self.store)
        job = next(job for job in self.jobs if job.service == service)
        outbox.fail(self.store, job.id, job.attempt, "it does not answer", permanent=True)

    def wait(self, **time: float) -> int:
        """Time passes, and the timers are swept."""
        clock = self.store.clock
        assert isinstance(clock, HandClock)
        clock.pass_by(**time)
        return timers.sweep(self.store)

    # roads that many walks share

    def photos(self, tries: int = 1) -> Walk:
        for verdict in ["retake"] * (tries - 1) + ["ok"]:
            self.do("upload_photos")
            self.answer("photo.check", photos__verdict=verdict)
        self.do("check_photos")
        return self

    def to_bank_cards(self) -> Walk:
        self.photos().do("basic_data")
        return self

    def to_certificate_check(self) -> Walk:
        self.to_bank_cards().cards().do("bank_notice")
        return self

    def cards(self, verdict: str = "ok") -> Walk:
        self.do("bank_cards")
        self.answer("card.check", cards__verdict=verdict)
        return self

    def to_review(self) -> Walk:
        """The short line: a certificate is there."""
        self.to_certificate_check().do("certificate_check", certificate__found=True)
        self.do("sign_agreements")
        return self

    def to_video_page(self) -> Walk:
        """The long line: no certificate is there."""
        self.to_certificate_check().do("certificate_check", certificate__found=False)
        self.do("video_notice")
        return self

    def to_queue(self) -> Walk:
        self.to_video_page().queues()
        return self

    def queues(self) -> None:
        """From the video page into the line."""
        self.do("video_page", video__choice="queue", device__ok=True)

    def past_video(self) -> Walk:
        self.decide("video_verification", video__decision="pass")
        self.do("video_passed")
        return self

    def to_review_by_video(self) -> Walk:
        self.to_queue().past_video().do("certificate_recheck", certificate__found=False)
        self.do("install_certificate", certificate__found=True)
        self.do("sign_agreements")
        return self

    def to_application(self) -> Walk:
        self.to_review().decide("review", review__decision="pass")
        return self

    def to_success(self) -> Walk:
        self.to_application().answer("account.apply", application__result="applied")
        return self


def dotted(facts: Mapping[str, Any]) -> dict[str, Any]:
    """`photos__verdict` as `photos.verdict`."""
    return {name.replace("__", "."): value for name, value in facts.items()}


def new_submission() -> str:
    """An id as a form carries it: no other run, and no stored case, has it."""
    return uuid4().hex
