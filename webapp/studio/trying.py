"""试跑场景: the scenarios of a proposal are played, and the page says what they came to."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals, trials
from engine.bundles.versions import ANALYST
from engine.errors import Conflict, NoRoom
from webapp.access import current_staff, staff_only
from webapp.house import house, look_again, reading, store
from webapp.language import words as _
from webapp.steps.refusals import not_stored
from webapp.studio.playing import Broken, Busy, play
from webapp.studio.proposals import the_proposal
from webapp.studio.views import blueprint


@blueprint.post("/proposals/<proposal_id>/trial")
@staff_only(ANALYST)
def trial(proposal_id: str) -> Page:
    """The thread waits; nothing of the database is held meanwhile."""
    row = the_proposal(proposal_id)
    checked = proposals.check(proposals.files_of(row), row.business, house().known)
    reading().rollback()
    try:
        if checked.bundle is None:
            flash(_("还有检查没有通过，不能试跑。请先按清单修改。"), "warn")
        else:
            trials.keep(store(), play(checked.bundle), current_staff().actor)
    except Busy:
        flash(_("另一份提案正在试跑。请稍等片刻，再试一次。"), "warn")
    except Broken:
        flash(_("场景没有试跑完。请再试一次；还是不行，请减少场景或拆短。"), "warn")
    except (NoRoom, Conflict) as refused:
        flash(not_stored(refused)[0], "warn")
    look_again()
    return redirect(url_for("studio.proposal", proposal_id=proposal_id, _anchor="scenarios"), 303)
