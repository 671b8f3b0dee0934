"""The one function that a queue may name, and what it does with a job."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from rq.timeouts import JobTimeoutException

from engine import outbox
from engine.accounts import Unavailable
from engine.tables import Job
from workers.catalogue import FUNCTIONS
from workers.house import House
from workers.service import Impossible, JobContext, Result
from workers.texts import deliver

NAME = f"{__name__}.perform"
OVER = ("done", "discarded", "incident")

_log = logging.getLogger("kaihu.worker")
_house: House | None = None


def live_in(house: House) -> None:
    """Tell this process which house its jobs belong to."""
    global _house
    _house = house


def perform(job_id: str, attempt: int) -> None:
    """Do one job of the outbox and report to it. Never raises for the job's own sake: the outbox keeps the truth."""
    if _house is None:
        raise RuntimeError("this process has no house to work in")
    perform_in(_house, job_id, attempt)


def perform_in(house: House, job_id: str, attempt: int) -> None:
    """Look the job up, do it outside any transaction, and hand in the result; what is no job is a text."""
    with house.store.read() as tx:
        job = tx.get(Job, job_id)
    if job is None:
        deliver(house, job_id, attempt)
        return
    if job.status in OVER or job.attempt != attempt:
        _log.info("job %s-%s is not wanted any more", job_id, attempt)
        return
    try:
        outbox.take(house.store, job_id, attempt)
        result = _call(house, job)
        counted = outbox.finish(house.store, job_id, attempt, result.facts, result.effect)
    except Impossible as impossible:
        _report(house, job, attempt, f"impossible: {impossible}", permanent=True)
    except Unavailable as unavailable:
        _report(house, job, attempt, f"account system: {unavailable}", permanent=unavailable.permanent)
    except JobTimeoutException:
        _report(house, job, attempt, "took too long")
    except Exception as wrong:
        # A message may carry what a person typed: the class says enough for a row, the rest is in no log.
        _report(house, job, attempt, _place_of(wrong))
    else:
        _log.info("job %s-%s %s: %s", job_id, attempt, job.service, "done" if counted else "came too late")


def _call(house: House, job: Job) -> Result:
    with house.store.read() as tx:
        last = outbox.is_last(house.store, tx, job)
    context = JobContext(
        house.store,
        job.case_id,
        job.id,
        job.attempt,
        house.accounts,
        house.sms,
        house.authority,
        last,
    )
    return FUNCTIONS[job.service].function(context, **_words(job.args))


def _words(args: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in args.items()}


def _place_of(wrong: BaseException) -> str:
    """The class of an error and the line of ours that it came from."""
    place = wrong.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return type(wrong).__name__
    return f"{type(wrong).__name__} in {place.tb_frame.f_code.co_qualname}:{place.tb_lineno}"


def _report(house: House, job: Job, attempt: int, error: str, permanent: bool = False) -> None:
    _log.error("job %s-%s %s failed: %s", job.id, attempt, job.service, error)
    outbox.fail(house.store, job.id, attempt, error, permanent)
