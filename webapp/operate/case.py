"""A case as an operator may see it: where it stands and why, nothing of what the customer handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue as Page

from engine.bundles import Bundle, in_use
from engine.tables import BundleRow, Case
from webapp.access import operated_case
from webapp.house import bundle_of, clock, reading, say
from webapp.operate.people import masked_customer
from webapp.operate.standing import deadlines, jobs, tasks, troubles
from webapp.operate.timeline import looks, timeline
from webapp.operate.views import blueprint, operators_only, write_down_look
from webapp.operate.way import drawn_way
from webapp.steps.knowing import branch_name


@dataclass(frozen=True)
class Version:
    """The bundle that the case is pinned to, and whether new cases take it still."""

    hash: str
    published_at: datetime
    author: str
    note: str
    is_current: bool


@blueprint.get("/cases/<case_id>")
@operators_only
def case(case_id: str) -> Page:
    """Every look is written down before anything is shown."""
    write_down_look(operated_case(case_id), "case")
    found = operated_case(case_id)
    bundle = bundle_of(found)
    before = request.args.get("before", type=int)
    return render_template(
        "operate/case.html",
        case=found,
        business=say(bundle, bundle.business.name),
        status=say(bundle, found.status),
        branch=branch_name(found.branch_id),
        customer=masked_customer(found.customer_id),
        version=_version(found, bundle),
        tasks=tasks(found, bundle),
        deadlines=deadlines(found, bundle),
        jobs=jobs(found, bundle),
        troubles=troubles(found, bundle),
        way=drawn_way(found, bundle),
        timeline=timeline(found, bundle, before),
        looks=looks(found),
    )


def _version(found: Case, bundle: Bundle) -> Version:
    row = reading().get_one(BundleRow, bundle.hash)
    current = in_use(reading(), bundle.business.id, clock().now())
    return Version(bundle.hash[:12], row.published_at, row.author, row.note, current == bundle.hash)
