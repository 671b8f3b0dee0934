"""What a proposal would mean for running cases, before it is published: on its own page, since each case is tried."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals as proposed
from engine.bundles import Bundle
from engine.bundles.versions import ANALYST
from engine.tables import Proposal
from webapp.access import quiet, staff_only
from webapp.house import house, reading
from webapp.studio.impact_look import begin_impact, impact_look, progress
from webapp.studio.migration_wish import Wish
from webapp.studio.proposals import the_proposal
from webapp.studio.views import blueprint


@blueprint.get("/proposals/<proposal_id>/impact")
@staff_only(ANALYST)
def impact(proposal_id: str) -> Page:
    """What it came to when it was last tried. Without a bundle that may run there is nothing to try."""
    row = the_proposal(proposal_id)
    bundle = _bundle(row)
    look = impact_look(bundle, Wish(bundle.hash)) if bundle else None
    return render_template("studio/impact.html", row=row, look=look)


@blueprint.post("/proposals/<proposal_id>/impact")
@staff_only(ANALYST)
def try_impact(proposal_id: str) -> Page:
    """It begins; the page says how far it is."""
    row = the_proposal(proposal_id)
    bundle = _bundle(row) or abort(409)
    reading().rollback()
    begin_impact(bundle, Wish(bundle.hash).order(row.business, ""))
    return redirect(url_for("studio.impact", proposal_id=proposal_id), 303)


@blueprint.get("/proposals/<proposal_id>/impact/progress")
@quiet
@staff_only(ANALYST)
def impact_progress(proposal_id: str) -> Page:
    row = the_proposal(proposal_id)
    ask = url_for("studio.impact_progress", proposal_id=row.id)
    order = Wish(row.bundle_hash).order(row.business, "")
    return progress(order, ask, url_for("studio.impact", proposal_id=row.id))


def _bundle(row: Proposal) -> Bundle | None:
    return proposed.check(proposed.files_of(row), row.business, house().known).bundle
