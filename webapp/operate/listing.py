"""Incidents grouped by cause; what is asked for stands in the address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue as Page

from engine.incidents import Group, Listed, Wish, causes, count_open, listed
from webapp.house import bundle_of, reading, say
from webapp.language import words as _
from webapp.operate.people import settled_by
from webapp.operate.views import blueprint, operators_only
from webapp.operate.words import cause_words, element_name, how_words, service_title

SHOWN = 100  # so many are ticked at once; the rest of a cause follows when these are settled
LONGEST = 24


@dataclass(frozen=True)
class CauseLine:
    """One cause: what failed in which way, how often, since when, and what to do about it."""

    service: str
    error: str
    title: str
    says: str
    advice: str
    count: int
    oldest: datetime
    newest: datetime
    here: bool


@dataclass(frozen=True)
class IncidentLine:
    """One incident of the list. `how`, `by`, `settled_at` and `note` are of a settled one."""

    id: str
    at: datetime
    title: str
    element: str
    business: str
    number: str
    attempts: int
    says: str
    how: str
    by: str
    settled_at: datetime | None
    note: str


@blueprint.get("/incidents")
@operators_only
def incidents() -> Page:
    return show({}, {})


def show(typed: Mapping[str, str], errors: Mapping[str, str], ticked: Collection[str] | None = None) -> str:
    """The list; `ticked` are the rows of a form that was refused, by default every row of one cause."""
    wish = asked()
    groups = [_cause(group, wish) for group in causes(reading(), wish)]
    rows = [_row(each) for each in listed(reading(), wish, SHOWN)]
    found = sum(group.count for group in groups if not wish.service or group.here)
    return render_template(
        "operate/incidents.html",
        wish=wish,
        waiting=count_open(reading()),
        groups=groups,
        here=next((group for group in groups if group.here), None),
        rows=rows,
        hidden=max(0, found - len(rows)),
        ticked={row.id for row in rows} if ticked is None else ticked,
        typed=typed,
        errors=errors,
        names=(_("待处理"), _("已处理")),
    )


def asked() -> Wish:
    """What the address asks for; a cause is a service with the class of its error."""
    given = request.args
    number = "".join(given.get("number", "").split())[:LONGEST]
    return Wish(given.get("service", ""), given.get("error", ""), number, given.get("state") == "settled")


def _cause(group: Group, wish: Wish) -> CauseLine:
    cause, words = group.cause, cause_words(group.cause.error)
    here = (cause.service, cause.error) == (wish.service, wish.error)
    return CauseLine(
        cause.service, cause.error, service_title(cause.service), words.says, words.advice, group.count, group.oldest,
        group.newest, here,
    )  # fmt: skip


def _row(one: Listed) -> IncidentLine:
    bundle, row = bundle_of(one.case), one.incident
    return IncidentLine(
        id=row.id,
        at=row.at,
        title=service_title(one.job.service),
        element=element_name(bundle, one.job.element),
        business=say(bundle, bundle.business.name),
        number=one.case.number or "",
        attempts=one.job.attempt,
        says=cause_words(one.cause.error).says,
        how=how_words(row.how) if row.resolved_at else "",
        by=settled_by(row.resolved_by) if row.resolved_at else "",
        settled_at=row.resolved_at,
        note=row.note or "",
    )
