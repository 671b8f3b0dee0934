"""One's own password: chosen after a one-time one, or changed at any time."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine.errors import Conflict, NoRoom
from engine.staff import SHORTEST_PASSWORD, BadStaff, authenticate, change_password
from webapp.access import StaffMember, current_staff, staff_only
from webapp.house import look_again, settings, store
from webapp.language import words as _
from webapp.staff.views import blueprint, let_in, may_try
from webapp.steps.refusals import not_stored


@blueprint.get("/password")
@staff_only()
def password() -> Page:
    return _form({})


@blueprint.post("/password")
@staff_only()
def choose() -> Page:
    """His other sessions end; this one goes on under a fresh token."""
    me = current_staff()
    errors, status = _errors(me, request.form), 422
    if not errors:
        try:
            change_password(store(), me.login, request.form["new"], me.actor, settings().hasher)
            let_in(me.id)
        except BadStaff:
            errors = {"new": _("新密码与现在的密码相同，请另选一个")}
        except (NoRoom, Conflict) as refused:
            told, status = not_stored(refused)
            look_again()
            errors = {"": told}
    if errors:
        return _form(errors, status)
    look_again()
    flash(_("密码已修改。您在其他设备上的登录已结束。"), "good")
    return redirect(url_for("staff.home"), 303)


def _errors(me: StaffMember, typed: Mapping[str, str]) -> dict[str, str]:
    errors = {} if me.one_time else _wrong_now(me, typed.get("now", ""))
    if len(typed.get("new", "")) < SHORTEST_PASSWORD:
        errors["new"] = _("新密码至少要 %(n)d 个字符，请换一个长一些的", n=SHORTEST_PASSWORD)
    elif typed["new"] != typed.get("again", ""):
        errors["again"] = _("两次输入的新密码不一致，请再输入一次")
    return errors


def _wrong_now(me: StaffMember, now: str) -> dict[str, str]:
    """The old password is asked for: nobody takes over a page that was left open. Tries count as at the door."""
    if not now:
        return {"now": _("请输入现在的密码")}
    if not may_try(me.login):
        return {"now": _("尝试次数太多，请 15 分钟后再试，或联系管理员")}
    right = authenticate(store(), me.login, now, settings().hasher) is not None
    return {} if right else {"now": _("现在的密码不正确，请再输入一次")}


def _form(errors: Mapping[str, str], status: int = 200) -> Page:
    return render_template("staff/password.html", errors=errors, me=current_staff(), shortest=SHORTEST_PASSWORD), status
