"""试跑场景: the scenarios of a proposal are played, and the page says how far that is and what they came to."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals
from engine.bundles.versions import ANALYST
from engine.errors import Conflict, NoRoom
from engine.trial_runs import Busy, UnderWay
from webapp.access import current_staff, quiet, staff_only
from webapp.house import house, look_again, reading, store
from webapp.language import words as _
from webapp.steps.refusals import not_stored
from webapp.studio.playing import start_trial
from webapp.studio.proposals import the_proposal
from webapp.studio.trial_look import run_look
from webapp.studio.views import blueprint


@blueprint.post("/proposals/<proposal_id>/trial")
@staff_only(ANALYST)
def trial(proposal_id: str) -> Page:
    """It begins; the page says how far it is."""
    row = the_proposal(proposal_id)
    checked = proposals.check(proposals.files_of(row), row.business, house().known)
    reading().rollback()
    bundle, by = checked.bundle, current_staff().actor
    if bundle is None:
        flash(_("还有检查没有通过，不能试跑。请先按清单修改。"), "warn")
    else:
        begun(lambda: start_trial(store(), bundle, by))
    return redirect(_there(proposal_id), 303)


@blueprint.get("/proposals/<proposal_id>/trial")
@quiet
@staff_only(ANALYST)
def trial_progress(proposal_id: str) -> Page:
    """Asked again and again by the page; once the trial is over, the browser looks at the page anew."""
    row = the_proposal(proposal_id)
    run = run_look(row.bundle_hash)
    answer = make_response(render_template("studio/trial_progress.html", proposal=row, run=run))
    if run is None or not run.alive:
        answer.headers["HX-Redirect"] = url_for("studio.proposal", proposal_id=proposal_id)
    return answer


def begun(start: Callable[[], None]) -> None:
    """Something to try begins, or the next page says why not."""
    try:
        start()
    except Busy:
        flash(_("另一项试跑正在进行。请稍等片刻，再试一次。"), "warn")
    except UnderWay:
        flash(_("已经在试了。下面是进度。"), "warn")
    except (NoRoom, Conflict) as refused:
        flash(not_stored(refused)[0], "warn")
    look_again()


def _there(proposal_id: str) -> str:
    return url_for("studio.proposal", proposal_id=proposal_id, _anchor="scenarios")
