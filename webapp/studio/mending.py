"""The files of a proposal: taken home as they are, and handed in on its page, where the rest of it stays."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals
from engine.bundles.received import NotReceived, received
from engine.bundles.versions import ANALYST
from engine.errors import Conflict, Gone, NoRoom
from webapp.access import current_staff, staff_only
from webapp.house import store
from webapp.studio.proposal_page import look_at
from webapp.studio.proposals import page_of, refusal, the_proposal, told
from webapp.studio.received import FIELD, uploads
from webapp.studio.views import blueprint, packed


@blueprint.get("/proposals/<proposal_id>/files.zip")
@staff_only(ANALYST)
def taken_home(proposal_id: str) -> Page:
    """What was handed in, whatever became of it: nobody has to do his work twice."""
    row = the_proposal(proposal_id)
    return packed(proposals.files_of(row), f"{row.business}-{row.id[:12]}.zip")


@blueprint.post("/proposals/<proposal_id>/files")
@staff_only(ANALYST)
def mend(proposal_id: str) -> Page:
    """A proposal that takes the place of this one: what was right in it need not be handed in again."""
    row = the_proposal(proposal_id)
    try:
        files = received(uploads(), row.business, proposals.files_of(row))
        mended = proposals.propose(store(), row.business, files, current_staff().actor, instead_of=row.id)
    except NotReceived as wrong:
        return page_of(look_at(row), errors={FIELD: told(wrong)}, status=422)
    except (Gone, NoRoom, Conflict) as refused:
        said, status = refusal(refused)
        return page_of(look_at(row), errors={"": said}, status=status)
    return redirect(url_for("studio.proposal", proposal_id=mended), 303)
