"""Staff sign-in and sign-out; the desks themselves are elsewhere."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine.staff import authenticate, note_sign_in
from webapp import access, sessions
from webapp.house import clock, settings, store
from webapp.language import words as _
from webapp.signin import limits
from webapp.way_back import local_path

blueprint = Blueprint("staff", __name__, url_prefix="/staff")


@blueprint.get("/")
@access.staff_only()
def home() -> Page:
    """The queue of one's desk; who has none has his branch, the businesses, or what went wrong."""
    member = access.current_staff()
    places = (
        (member.serves_a_desk, "desk.home"),
        (member.is_supervisor, "desk.supervise"),
        (member.is_analyst, "studio.home"),
        (member.is_administrator, "administration.people"),
        (member.is_operator, "operate.incidents"),
    )
    return redirect(url_for(next((place for his, place in places if his), "desk.home")), 303)


@blueprint.get("/sign-in")
def sign_in() -> Page:
    return render_template("staff/sign_in.html", errors={}, login="")


@blueprint.post("/sign-in")
def enter() -> Page:
    login, password = request.form.get("login", "").strip(), request.form.get("password", "")
    if not login or not password:
        return _again(login, _("请输入账号和密码"), 422)
    if not may_try(login):
        return _again(login, _("尝试次数太多，请 15 分钟后再试，或联系管理员"), 429)
    member = authenticate(store(), login, password, settings().hasher)
    if member is None:
        told = _("账号或密码不正确，请再输入一次。忘记密码、一次性密码已过期或账号已停用，请联系管理员")
        return _again(login, told, 422)
    with store().write() as tx:
        limits.forget(tx, "staff", login.lower())
    let_in(member.id)
    return redirect(local_path(request.args.get("next", "")) or url_for("staff.home"), 303)


@blueprint.post("/sign-out")
def sign_out() -> Page:
    sessions.end(sessions.STAFF)
    flash(_("您已退出登录。"), "good")
    return redirect(url_for("staff.sign_in"), 303)


def let_in(staff_id: str) -> None:
    """A fresh session, and when he came in last."""
    now = clock().now()
    sessions.begin(sessions.STAFF, staff_id, along=lambda tx: note_sign_in(tx, staff_id, now))


def may_try(login: str) -> bool:
    """Count this try before it is judged, so that many at once don't slip through; a right one is forgiven after."""
    now, limit, address, ids = clock().now(), settings().limits, request.remote_addr or "", settings().ids
    since, login = now - limit.staff_window, login.lower()
    with store().write() as tx:
        limits.hold(tx, login)
        by_login = limits.count(tx, "staff", login, since) < limit.staff_tries
        by_address = limits.count(tx, "staff_address", address, since) < limit.staff_tries_by_address
        if by_login and by_address:
            limits.record(tx, "staff", login, now, ids.new())
            limits.record(tx, "staff_address", address, now, ids.new())
    return by_login and by_address


def _again(login: str, message: str, status: int) -> Page:
    return render_template("staff/sign_in.html", errors={"login": message}, login=login), status
