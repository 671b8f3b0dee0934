"""放弃: asked first, then done (G7, G8). Where it is too late, that is said with what becomes of the case."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Page

from engine.cases import abandon
from engine.errors import Conflict, NoRoom, Stale
from engine.retention import given_up_ends
from engine.tables import Case
from webapp.access import current_investor, investor_only, my_case
from webapp.house import bundle_of, company, look_again, settings, store
from webapp.language import words as _
from webapp.my import rows
from webapp.my.views import blueprint
from webapp.starting import case_address
from webapp.steps.posted import nonce
from webapp.steps.refusals import not_stored


@blueprint.get("/cases/<case_id>/abandon")
@investor_only
def ask_abandon(case_id: str) -> Page:
    """The confirmation; not where there is nothing to be given up, nor where it is too late."""
    case = my_case(case_id)
    return _no_more(case) if _why_not(case) else _confirmation(case)


@blueprint.post("/cases/<case_id>/abandon")
@investor_only
def give_up(case_id: str) -> Page:
    case = my_case(case_id)
    if case.ended_at is not None:
        return _no_more(case)
    try:
        abandon(store(), case.id, current_investor().actor, nonce())
    except Stale:
        look_again()
        return _no_more(my_case(case_id))
    except (NoRoom, Conflict) as refused:
        look_again()
        flash(not_stored(refused)[0], "warn")
        return redirect(url_for("my.ask_abandon", case_id=case_id), 303)
    flash(_("已放弃办理。没有提交的内容已清除，这项业务移到了“已完成业务”。"), "good")
    return redirect(url_for("my.overview"), 303)


def _confirmation(case: Case) -> Page:
    bundle = bundle_of(case)
    return render_template(
        "my/abandon.html",
        case=case,
        bundle=bundle,
        destroyed_after=company().retention.given_up_days if given_up_ends(bundle) else None,
        submission=settings().ids.new(),
        back=case_address(case.id),
    )


def _no_more(case: Case) -> Page:
    flash(_why_not(case), "warn")
    return redirect(url_for("my.overview"), 303)


def _why_not(case: Case) -> str:
    """Why this case is not given up; empty where it can be."""
    if case.ended_at is not None:
        return _("这项业务已经结束，不需要放弃。结果在“已完成业务”里。")
    if case.started_at is None:
        return _("这项业务尚未提交任何内容，不需要放弃。")
    if rows.may_abandon(case):
        return ""
    return _(
        "这项业务正在办结，不能再放弃。结果会发短信到您预留的手机号；如有疑问请致电客服 %(hotline)s。",
        hotline=company().hotline,
    )
