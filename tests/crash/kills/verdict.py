"""The judge of the errands: everything that the kill test's judge asks, and that each wish came true once."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engine.cases import telling
from engine.store import Store
from engine.tables import AuditRow, Case, Job, Timer
from tests.crash import judge
from tests.crash.acks import Ack
from tests.crash.kills import codes
from tests.crash.kills.effects import EFFECTS, SERVICE

END = "都办完了"


def verdict(store: Store, acks: Sequence[Ack]) -> list[str]:
    """Whatever was lost, happened twice or never, in sentences; empty when all is well."""
    with store.read() as tx:
        wrong = [*openings(tx, acks), *effects(tx), *wishes(tx), *timers(tx), *told(tx), *codes.wrong(tx, acks)]
    return [*judge.verdict(store, acks), *wrong]


def openings(tx: Session, acks: Sequence[Ack]) -> Iterator[str]:
    for ack in acks:
        if ack.kind == "opening" and tx.get(Case, ack.case_id) is None:
            yield f"case {ack.case_id} was opened and is lost"


def effects(tx: Session) -> Iterator[str]:
    """In a table without a key, written by the workers."""
    written = Counter(tx.scalars(select(EFFECTS.c.job_id)))
    asked = set(tx.scalars(select(Job.id).where(Job.service == SERVICE)))
    for job in sorted(asked | written.keys()):
        if written[job] != 1 or job not in asked:
            yield f"job {job} has {written[job]} effects"


def wishes(tx: Session) -> Iterator[str]:
    """Each accepted wish is one job or one timer of its case, and no other is there."""
    asked: Counter[tuple[str, str]] = Counter()
    for chain, body in tx.execute(select(AuditRow.chain, AuditRow.body).where(AuditRow.action == "submit")):
        asked[chain.removeprefix("case:"), json.loads(body)["facts"]["wish"]] += 1
    jobs = Counter(tx.scalars(select(Job.case_id).where(Job.service == SERVICE)))
    rests = Counter(chain.removeprefix("case:") for chain in tx.scalars(_fired()))
    for case in sorted({case for case, _ in asked} | jobs.keys() | rests.keys()):
        if asked[case, "job"] != jobs[case]:
            yield f"case {case} asked for {asked[case, 'job']} jobs and has {jobs[case]}"
        if asked[case, "rest"] != rests[case]:
            yield f"case {case} rested {asked[case, 'rest']} times and {rests[case]} timers fired"


def timers(tx: Session) -> Iterator[str]:
    """The audit has no unique key on timers either."""
    bodies = tx.scalars(select(AuditRow.body).where(AuditRow.action == "timer"))
    for timer, times in Counter(json.loads(body)["timer"] for body in bodies).items():
        if times > 1:
            yield f"timer {timer} fired {times} times"
    for timer in tx.scalars(select(Timer.task_id)):
        yield f"timer {timer} never fired"


def told(tx: Session) -> Iterator[str]:
    """Whoever came to the end is told so once."""
    texts: dict[str, int] = defaultdict(int)
    for job in tx.scalars(select(Job).where(Job.service == telling.SERVICE)):
        texts[job.case_id] += 1
    for case in tx.scalars(select(Case.id).where(Case.status == END)):
        if texts[case] != 1:
            yield f"the customer of case {case} was told {texts[case]} times that it is done"


def _fired() -> Select[tuple[str]]:
    return select(AuditRow.chain).where(AuditRow.action == "timer")
