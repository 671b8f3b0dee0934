"""What is so of a case beside its state: work under way, an open incident, a call, steps that it has done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from engine.bundles import Bundle
from engine.cases.inbox import LIVE
from engine.interpreter import LET_GO, Homes
from engine.migration.verdict import BLOCKED, NEEDS_MAPPING, Cause, Verdict
from engine.tables import Case, Incident, Job, Signature, Task, VideoCall


@dataclass(frozen=True)
class Circumstances:
    """Of many cases at once, by their ids."""

    working: Collection[str]
    incidents: Collection[str]
    calls: Collection[str]
    signed: Collection[str]
    done: Mapping[str, set[str]]

    def judged(self, case_id: str, verdict: Verdict, source: Bundle, target: Bundle, homes: Homes) -> Verdict:
        """The verdict of its state, with what else stands in the way."""
        causes = list(self._blocked(case_id))
        done = self.done.get(case_id, set())
        renamed = sorted(step for step in done if step in renamings(source, target, homes))
        if renamed and case_id in self.signed:
            causes.append(Cause("signed", tuple(renamed)))
        if causes:
            return Verdict(BLOCKED, verdict.place, tuple(causes))
        needs = [_need(step, source, target) for step in sorted(done) if is_gone(step, target) and step not in homes]
        if needs and verdict.kind != BLOCKED:
            asked = verdict.causes if verdict.kind == NEEDS_MAPPING else ()
            return Verdict(NEEDS_MAPPING, verdict.place, (*asked, *needs))
        if verdict.moves and case_id in self.signed and _agreements(source) != _agreements(target):
            return replace(verdict, notes=(*verdict.notes, Cause("texts")))
        return verdict

    def _blocked(self, case_id: str) -> Iterable[Cause]:
        if case_id in self.incidents:
            yield Cause("incident")
        elif case_id in self.working:
            yield Cause("job")
        if case_id in self.calls:
            yield Cause("call")


def circumstances(tx: Session, cases: ColumnElement[bool], source: Bundle, target: Bundle) -> Circumstances:
    """Of the cases of which this is true, read in a few statements."""
    gone = [step.id for step in source.steps if is_gone(step.id, target)]
    signed = gone or _agreements(source) != _agreements(target)
    live = (Job.task_id.is_not(None), Job.status.in_(LIVE))
    return Circumstances(
        working=_found(tx, select(Job.case_id).join(Case, Case.id == Job.case_id).where(cases, *live)),
        incidents=_found(tx, _of(Incident, cases).where(Incident.resolved_at.is_(None))),
        calls=_found(tx, _of(VideoCall, cases).where(VideoCall.ended_at.is_(None))),
        signed=_found(tx, _of(Signature, cases)) if signed else (),
        done=_done(tx, cases, gone) if gone else {},
    )


def is_gone(step: str, target: Bundle) -> bool:
    return not target.has_step(step)


def renamings(source: Bundle, target: Bundle, homes: Homes) -> dict[str, str]:
    """Steps that are called otherwise now: gone here, new there, and somebody says that they are the same."""
    old = {step.id for step in source.steps}
    return {
        step: home
        for step, home in homes.items()
        if step in old and is_gone(step, target) and home != LET_GO and target.has_step(home) and home not in old
    }


def _agreements(bundle: Bundle) -> dict[str, bytes]:
    """What is signed, word by word."""
    return {path: data for path, data in bundle.files.items() if "/agreements/" in path}


def _need(step: str, source: Bundle, target: Bundle) -> Cause:
    role = source.step(step).role
    new = [each for each in target.steps if not source.has_step(each.id)]
    return Cause("done", (step,), (*(each.id for each in sorted(new, key=lambda each: each.role != role)), LET_GO))


def _of(kind: type[Incident] | type[VideoCall] | type[Signature], cases: ColumnElement[bool]) -> Select[str]:
    return select(kind.case_id).join(Case, Case.id == kind.case_id).where(cases)


def _found(tx: Session, query: Select[str]) -> frozenset[str]:
    return frozenset(tx.scalars(query.distinct()))


def _done(tx: Session, cases: ColumnElement[bool], gone: Collection[str]) -> dict[str, set[str]]:
    """Of the steps that are gone, those that were done."""
    query = select(Task.case_id, Task.step).join(Case, Case.id == Task.case_id)
    found: dict[str, set[str]] = defaultdict(set)
    done = (Task.step.in_(gone), Task.closed_at.is_not(None), Task.closed_how.in_(("submit", "reject")))
    for case_id, step in tx.execute(query.where(cases, *done).distinct()):
        found[case_id].add(step)
    return found
