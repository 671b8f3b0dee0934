"""How much is enough, and how far a run is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engine.tables import AuditRow, Job
from tests.crash.acks import Ack
from tests.crash.kills.effects import SERVICE


@dataclass(frozen=True)
class Goals:
    """Each is a number that a run goes on to reach. `hits`: at every one of the points."""

    submissions: int
    jobs: int
    timers: int
    codes: int
    hits: int
    outer: int
    flushes: int


FULL = Goals(submissions=2000, jobs=1000, timers=500, codes=250, hits=50, outer=200, flushes=20)
SHORT = Goals(submissions=20, jobs=8, timers=4, codes=4, hits=1, outer=5, flushes=1)
WRONG = Goals(submissions=30, jobs=0, timers=2, codes=6, hits=3, outer=0, flushes=0)
LAX = Goals(submissions=10, jobs=0, timers=0, codes=0, hits=0, outer=10, flushes=0)
BY_FORM = {"short": SHORT, "long": FULL, "wrong": WRONG, "lax": LAX}
REDELIVERED = 0.15  # of the jobs, at least
WORK = ("submissions", "jobs", "timers", "codes")


@dataclass(frozen=True)
class Done:
    """What has been done so far."""

    submissions: int
    jobs: int
    redelivered: int
    timers: int
    codes: int
    hits: int
    kills: int
    outer: int
    flushes: int

    def reaches(self, goals: Goals) -> bool:
        mine = asdict(self)
        return all(mine[name] >= wanted for name, wanted in asdict(goals).items())

    def share(self, goals: Goals) -> float:
        """How much of the work is done, from 0 to 1: what is killed keeps step with it."""
        mine, wanted = asdict(self), asdict(goals)
        return min(1.0, *(mine[name] / wanted[name] for name in WORK if wanted[name]))


def done(tx: Session, acks: list[Ack], hits: Counter[str], points: tuple[str, ...], outer: Mapping[str, int]) -> Done:
    """Counted in what is stored, and in the files that outlive a run."""
    mine = Job.service == SERVICE
    fired = select(func.count()).select_from(AuditRow).where(AuditRow.action == "timer")
    return Done(
        submissions=sum(ack.kind == "submission" for ack in acks),
        jobs=_count(tx, select(func.count()).select_from(Job).where(mine, Job.status == "done")),
        redelivered=_count(tx, select(func.count()).select_from(Job).where(mine, Job.attempt > 1)),
        timers=_count(tx, fired),
        codes=sum(ack.kind == "code" for ack in acks),
        hits=min(hits[name] for name in points),
        kills=sum(hits[name] for name in points),
        outer=sum(count for how, count in outer.items() if how != "FLUSHALL"),
        flushes=outer.get("FLUSHALL", 0),
    )


def _count(tx: Session, query: object) -> int:
    return int(tx.scalar(query) or 0)  # type: ignore[call-overload]
