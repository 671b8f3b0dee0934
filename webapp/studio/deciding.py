"""Deciding about versions that are published: let all take what is tried, stop it, or go back to an earlier one."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine.bundles.releasing import Seen, go_back, stop, widen
from engine.bundles.versions import ANALYST, Version, versions
from engine.errors import Conflict, NoRoom, Overtaken, Unchanged
from engine.proposals import LONGEST_NOTE
from webapp.access import current_staff, staff_only
from webapp.house import clock, look_again, reading, store
from webapp.language import words as _
from webapp.steps.refusals import not_stored
from webapp.studio.proposals import SHORTEST_NOTE
from webapp.studio.under_way import under_way
from webapp.studio.views import blueprint, the_business


@blueprint.post("/<business_id>/under-way")
@staff_only(ANALYST)
def decide(business_id: str) -> Page:
    """What the button says, of the version that the page has shown."""
    the_business(business_id)
    version, by, what = request.form.get("version", ""), current_staff().actor, request.form.get("what", "")
    if what not in ("widen", "stop"):
        abort(400)
    try:
        if what == "widen":
            widen(store(), business_id, by, version=version)
            flash(_("所有新开始的业务从现在起按这个版本办理。"), "good")
        else:
            note = request.form.get("note", "").strip()[:LONGEST_NOTE]
            stop(store(), business_id, by, version=version, note=note)
            flash(_("已停下。新开始的业务都按使用中的版本办理，已经按它开始的会按它办完。"), "good")
    except Overtaken:
        flash(_("同事已经决定过这个版本，这一次没有改变什么。请看下面的版本表。"), "warn")
    except (NoRoom, Conflict) as refused:
        flash(not_stored(refused)[0], "warn")
    look_again()
    return redirect(url_for("studio.about", business_id=business_id), 303)


@blueprint.get("/<business_id>/versions/<int:number>/back")
@staff_only(ANALYST)
def ask_back(business_id: str, number: int) -> Page:
    return _page(business_id, number)


@blueprint.post("/<business_id>/versions/<int:number>/back")
@staff_only(ANALYST)
def back(business_id: str, number: int) -> Page:
    """With a note; what was looked at is named, so that a colleague's newer version is never put aside unseen."""
    note = request.form.get("note", "").strip()
    if not SHORTEST_NOTE <= len(note) <= LONGEST_NOTE:
        said = _("请写明为什么恢复（%(least)d 至 %(most)d 个字）", least=SHORTEST_NOTE, most=LONGEST_NOTE)
        return _page(business_id, number, note, {"note": said}, 422)
    to = _numbered(_versions(business_id), number).hash
    seen = Seen(request.form.get("current", ""), request.form.get("under_way") or None)
    try:
        go_back(store(), business_id, to, note, current_staff().actor, seen=seen)
    except (Overtaken, Unchanged):
        look_again()
        said = _("您打开本页之后，使用的版本已经变了。请看清现在的版本，再决定是否恢复。")
        return _page(business_id, number, note, {"": said}, 409)
    except (NoRoom, Conflict) as refused:
        look_again()
        said, status = not_stored(refused)
        return _page(business_id, number, note, {"": said}, status)
    look_again()
    flash(_("已恢复第 %(n)d 版。新开始的业务按它办理，在办的仍按原来的版本。", n=number), "good")
    return redirect(url_for("studio.about", business_id=business_id), 303)


def _versions(business_id: str) -> list[Version]:
    return versions(reading(), business_id, clock().now())


def _numbered(mine: list[Version], number: int) -> Version:
    return next((one for one in mine if one.number == number), None) or abort(404)


def _page(
    business_id: str, number: int, note: str = "", errors: dict[str, str] | None = None, status: int = 200
) -> Page:
    bundle, mine = the_business(business_id), _versions(business_id)
    given = {
        "bundle": bundle,
        "to": _numbered(mine, number),
        "current": next(one for one in mine if one.current),
        "under_way": under_way(business_id, mine),
        "longest": LONGEST_NOTE,
    }
    return render_template("studio/back.html", note=note, errors=errors or {}, **given), status
