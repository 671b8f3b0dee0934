"""我的业务 /my: the two tables, starting and going on (S31-S36, G6)."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Page

from webapp.access import current_investor, investor_only, my_obligation, person
from webapp.eligibility import pending_case, refusal, solved_at_home
from webapp.house import business, businesses
from webapp.language import words as _
from webapp.my import rows
from webapp.public.around import hours
from webapp.starting import start

blueprint = Blueprint("my", __name__)


@blueprint.get("/my")
@investor_only
def overview() -> Page:
    mine = current_investor()
    offered = [bundle for bundle in businesses(mine.branch_id) if bundle.business.started_by == "investor"]
    blocking = pending_case(mine.id)
    return render_template(
        "my/overview.html",
        pending=rows.pending(mine.id),
        done=rows.done(mine.id),
        startable=[(bundle, refusal(bundle, person())) for bundle in offered],
        blocking=blocking,
    )


@blueprint.post("/my/start/<business_id>")
@investor_only
def start_business(business_id: str) -> Page:
    mine = current_investor()
    bundle = business(business_id, mine.branch_id)
    if bundle is None or bundle.business.started_by != "investor":
        abort(404)
    notice = refusal(bundle, person())
    if notice is None:
        return redirect(start(bundle, mine.id, mine.branch_id), 303)
    if not solved_at_home(bundle, person()):
        return render_template("signin/refused.html", notice=notice, bundle=bundle, hours=hours()), 403
    flash(notice.sentence, "warn")
    return redirect(url_for("my.overview"), 303)


@blueprint.post("/my/obligations/<obligation_id>/start")
@investor_only
def start_obligation(obligation_id: str) -> Page:
    obligation, mine = my_obligation(obligation_id), current_investor()
    if obligation.done_at is not None:
        flash(_("这份协议已经签好，不需要再办理。"), "warn")
        return redirect(url_for("my.overview"), 303)
    bundle = business(obligation.business, mine.branch_id)
    if bundle is None:
        abort(404)
    notice = refusal(bundle, person())
    if notice:
        return render_template("signin/refused.html", notice=notice, bundle=bundle, hours=hours()), 403
    return redirect(start(bundle, mine.id, mine.branch_id, obligation), 303)
