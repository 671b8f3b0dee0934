"""我的业务 /my: the two tables, starting, going on and 放弃 (S31-S36, G6-G8)."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Page

from engine.cases import abandon
from engine.retention import given_up_ends
from webapp.access import current_investor, investor_only, my_case, my_obligation, person
from webapp.eligibility import pending_case, refusal, solved_at_home
from webapp.house import bundle_of, business, businesses, company, settings, store
from webapp.language import words as _
from webapp.my import rows
from webapp.public.around import hours
from webapp.starting import case_address, start
from webapp.steps.posted import nonce

blueprint = Blueprint("my", __name__)


@blueprint.get("/my")
@investor_only
def overview() -> Page:
    mine = current_investor()
    offered = [bundle for bundle in businesses() if bundle.business.started_by == "investor"]
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
    bundle, mine = business(business_id), current_investor()
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
    bundle = business(obligation.business)
    if bundle is None:
        abort(404)
    notice = refusal(bundle, person())
    if notice:
        return render_template("signin/refused.html", notice=notice, bundle=bundle, hours=hours()), 403
    return redirect(start(bundle, mine.id, mine.branch_id, obligation), 303)


@blueprint.get("/cases/<case_id>/abandon")
@investor_only
def ask_abandon(case_id: str) -> Page:
    """The confirmation; a case that is over or not begun has nothing to be given up."""
    case = my_case(case_id)
    if case.ended_at is not None or case.started_at is None:
        flash(
            _("这项业务已经结束，不需要放弃。") if case.ended_at else _("这项业务尚未提交任何内容，不需要放弃。"),
            "warn",
        )
        return redirect(url_for("my.overview"), 303)
    return render_template(
        "my/abandon.html",
        case=case,
        bundle=bundle_of(case),
        destroyed_after=company().retention.given_up_days if given_up_ends(bundle_of(case)) else None,
        submission=settings().ids.new(),
        back=case_address(case.id),
    )


@blueprint.post("/cases/<case_id>/abandon")
@investor_only
def give_up(case_id: str) -> Page:
    case = my_case(case_id)
    if case.ended_at is None:
        abandon(store(), case.id, current_investor().actor, nonce())
        flash(_("已放弃办理。没有提交的内容已清除，这项业务移到了“已完成业务”。"), "good")
    return redirect(url_for("my.overview"), 303)
