"""Taking the version in use back: new cases take the one before, running ones stay where they are."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine.bundles import Bundle
from engine.bundles.releasing import withdraw
from engine.bundles.versions import ANALYST, Version, versions
from engine.errors import Conflict, NoRoom, NoVersionBefore, Overtaken, UnderWay
from engine.proposals import LONGEST_NOTE
from webapp.access import current_staff, staff_only
from webapp.house import business, clock, look_again, reading, store
from webapp.language import words as _
from webapp.steps.refusals import not_stored
from webapp.studio.proposals import SHORTEST_NOTE
from webapp.studio.views import blueprint


@blueprint.get("/<business_id>/withdraw")
@staff_only(ANALYST)
def ask_withdraw(business_id: str) -> Page:
    return _page(_there(business_id))


@blueprint.post("/<business_id>/withdraw")
@staff_only(ANALYST)
def take_back(business_id: str) -> Page:
    """With a note; the version that was looked at is named, so that a colleague's newer one is never taken back."""
    found, note = _there(business_id), request.form.get("note", "").strip()
    if not SHORTEST_NOTE <= len(note) <= LONGEST_NOTE:
        least, most = SHORTEST_NOTE, LONGEST_NOTE
        return _page(
            found, note, {"note": _("请写明为什么撤回（%(least)d 至 %(most)d 个字）", least=least, most=most)}, 422
        )
    try:
        withdraw(store(), business_id, note, current_staff().actor, version=request.form.get("version", ""))
    except NoVersionBefore:
        return _page(found, note, {"": _only_one()}, 409)
    except UnderWay:
        said = _("有一个版本正在等待启用或试行。请先在业务的页面上决定它，再撤回。")
        return _page(found, note, {"": said}, 409)
    except Overtaken:
        look_again()
        told = _("您打开本页之后，使用的版本已经变了。请看清现在的版本，再决定是否撤回。")
        return _page(_there(business_id), note, {"": told}, 409)
    except (NoRoom, Conflict) as refused:
        look_again()
        told, status = not_stored(refused)
        return _page(found, note, {"": told}, status)
    look_again()
    flash(_("已撤回。新开始的业务按前一个版本办理，在办的仍按原来的版本。"), "good")
    return redirect(url_for("studio.about", business_id=business_id), 303)


def _only_one() -> str:
    return _("这是唯一的版本，没有可以退回的版本。要停用一项改动，请修改后重新上传并发布。")


def _there(business_id: str) -> Bundle:
    return business(business_id) or abort(404)


def _page(found: Bundle, note: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Page:
    every = versions(reading(), found.business.id, clock().now())
    standing = [one for one in every if one.state in ("current", "earlier")]
    before: Version | None = standing[1] if len(standing) > 1 else None
    given = {"bundle": found, "current": standing[0], "before": before, "longest": LONGEST_NOTE}
    return render_template("studio/withdraw.html", note=note, errors=errors or {}, **given), status
