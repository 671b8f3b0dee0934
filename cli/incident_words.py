"""Incidents as a command says them: lines for people, plain objects for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from engine.incidents import Report, Retried
from engine.tables import Try

OUTCOMES = {
    "retried": "sent again",
    "gone": "there is no such incident",
    "busy": "somebody else changed the case at this moment; try again",
    "no_room": "the disk is full; nothing was done",
}
HOW = {
    "retry": "sent again",
    "result": "a result was given by hand",
    "left": "let be",
    "late": "the worker answered after all",
    "moot": "the case went on without it",
}


def grouped(reports: Sequence[Report]) -> Iterator[str]:
    """A line for each cause, then one for each incident of it; the most frequent cause first."""
    by_cause = sorted(reports, key=lambda each: (each.cause.service, each.cause.error))
    groups = [list(group) for _, group in groupby(by_cause, lambda each: each.cause)]
    for group in sorted(groups, key=lambda each: -len(each)):
        cause, since = group[0].cause, min(each.incident.at for each in group)
        yield f"{cause.service}  {cause.error}  {len(group)} since {_moment(since)}"
        yield from (f"  {_line(each)}" for each in group)


def _line(one: Report) -> str:
    settled = "" if one.is_open else f"  {_settled(one)}"
    return f"{one.incident.id}  {_moment(one.incident.at)}  case {_case(one)}  {one.job.attempt} tries{settled}"


def described(one: Report) -> Iterator[str]:
    """Everything about one incident, a fact a line."""
    job, incident = one.job, one.incident
    yield f"incident  {incident.id}  since {_moment(incident.at)}"
    yield f"service   {job.service}" + (f" at {job.element}" if job.element else "")
    yield f"cause     {incident.cause}"
    yield f"case      {_case(one)} ({one.case.business}, {one.case.status})"
    yield f"input     {json.dumps(job.args, ensure_ascii=False)}"
    for each in one.tries:
        yield f"try {each.attempt:<5} sent {_moment(each.sent_at)}  {_became(each.ended_at, each.error)}"
    for other in one.others:
        yield f"also      incident {other.id} since {_moment(other.at)}: {HOW.get(other.how or '', 'waiting')}"
    yield from _to_do(one) if one.is_open else (f"settled   {_settled(one)}",)


def _became(ended_at: datetime | None, error: str | None) -> str:
    return f"{error or 'answered'} {_moment(ended_at)}" if ended_at else "under way"


def _to_do(one: Report) -> Iterator[str]:
    command = f"{one.incident.id} --note WHY"
    yield f"now       kaihu incident retry {command}"
    for result in one.results:
        yield f"or        kaihu incident resolve {command} --result '{result.name}'   # {result.says_en}"
    if one.may_be_left:
        yield f"or        kaihu incident resolve {command} --leave   # nobody waits for this job"


def plain(one: Report) -> dict[str, Any]:
    """The same for programs; moments as ISO texts."""
    job, incident = one.job, one.incident
    return {
        "id": incident.id, "at": _iso(incident.at), "service": job.service, "element": job.element,
        "error": one.cause.error, "cause": incident.cause, "input": job.args, "job": job.id, "job_status": job.status,
        "case": one.case.id, "number": one.case.number, "business": one.case.business, "status": one.case.status,
        "tries": [_plain_try(each) for each in one.tries],
        "results": [result.name for result in one.results] if one.is_open else [],
        "may_be_left": one.is_open and one.may_be_left,
        "resolved_at": _iso(incident.resolved_at), "resolved_by": incident.resolved_by, "how": incident.how,
        "note": incident.note,
    }  # fmt: skip


def _plain_try(one: Try) -> dict[str, Any]:
    return {
        "attempt": one.attempt, "sent_at": _iso(one.sent_at), "ended_at": _iso(one.ended_at), "error": one.error,
    }  # fmt: skip


def told(done: Sequence[Retried], as_json: bool) -> Iterator[str]:
    """What became of each that was to be sent again."""
    if as_json:
        yield json.dumps([{"id": each.incident_id, "outcome": each.outcome} for each in done], indent=2)
        return
    for each in done:
        yield f"{each.incident_id}  {OUTCOMES.get(each.outcome) or _before(each)}"
    yield f"{sum(each.outcome == 'retried' for each in done)} of {len(done)} sent again"


def _before(one: Retried) -> str:
    return f"was settled before: {HOW.get(one.how, one.how)}, by {one.by or 'the system'} {_moment(one.at)}".rstrip()


def _settled(one: Report) -> str:
    row = one.incident
    note = f": {row.note}" if row.note else ""
    return f"{HOW.get(row.how or '', 'settled')} by {row.resolved_by or 'the system'} {_moment(row.resolved_at)}{note}"


def _case(one: Report) -> str:
    return one.case.number or f"{one.case.id} (not started)"


def _moment(value: datetime | None) -> str:
    return f"{value:%Y-%m-%d %H:%M:%S}" if value else ""


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
