"""Coming back to a form that was sent too late: one button sends it on."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from webapp import kept, sessions
from webapp.access import current_investor, current_staff, investor_only, staff_only
from webapp.language import words as _
from webapp.sessions import Door

blueprint = Blueprint("kept", __name__)


@blueprint.get("/kept")
@investor_only
def show() -> Page:
    return _page(sessions.INVESTOR, current_investor().id, "my.overview")


@blueprint.post("/kept")
@investor_only
def send_on() -> Page:
    return _on(sessions.INVESTOR, current_investor().id, "my.overview")


@blueprint.get("/staff/kept")
@staff_only()
def show_staff() -> Page:
    return _page(sessions.STAFF, current_staff().id, "staff.home")


@blueprint.post("/staff/kept")
@staff_only()
def send_on_staff() -> Page:
    return _on(sessions.STAFF, current_staff().id, "staff.home")


def _page(door: Door, person_id: str, home: str) -> Page:
    found = kept.kept_for(door, person_id)
    if found is None:
        return redirect(url_for(home), 303)
    return render_template("kept.html", kept=found, action=request.path, layout=LAYOUTS[door.kind])


def _on(door: Door, person_id: str, home: str) -> Page:
    """The form goes where it was meant to go, as it came: 307 keeps method and body."""
    found = kept.kept_for(door, person_id)
    if found is None:
        flash(_("保留的内容已经提交过，或者超过一小时已清除。请在页面上重新填写。"), "warn")
        return redirect(url_for(home), 303)
    kept.forget(door, person_id)
    return redirect(found.path, 307)


LAYOUTS = {"investor": "layout.html", "staff": "layout_desk.html"}
