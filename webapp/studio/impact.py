"""What a proposal would mean for running cases, before it is published: on its own page, since each case is tried."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue as Page

from engine import proposals as proposed
from engine.bundles.versions import ANALYST
from webapp.access import staff_only
from webapp.house import house, store
from webapp.studio.proposals import the_proposal
from webapp.studio.told_impact import told_impact
from webapp.studio.views import blueprint


@blueprint.get("/proposals/<proposal_id>/impact")
@staff_only(ANALYST)
def impact(proposal_id: str) -> Page:
    """Nothing is written. Without a bundle that may run there is nothing to try."""
    row = the_proposal(proposal_id)
    bundle = proposed.check(proposed.files_of(row), row.business, house().known).bundle
    shown = told_impact(store(), bundle) if bundle else None
    return render_template("studio/impact.html", row=row, bundle=bundle, shown=shown)
