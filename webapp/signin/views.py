"""Signing in as an investor (S13-S15): one page, each wish its own submit button, no JavaScript needed."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.accounts import Person, Unavailable
from engine.bundles import Bundle
from webapp import access, sessions
from webapp.eligibility import Notice, refusal, solved_at_home
from webapp.house import business, businesses, company, look_again, vault
from webapp.language import language
from webapp.language import words as _
from webapp.public.around import hours, notices, qr
from webapp.signin import codes, consent, phone, pictures
from webapp.signin.page import Errors, Typed, account_types, first_errors, typed, was_sent
from webapp.signin.whose import his_own, nobody_can_say, whose
from webapp.starting import start
from webapp.way_back import local_path

blueprint = Blueprint("signin", __name__)
Page = ResponseReturnValue


@blueprint.get("/sign-in/<business_id>")
def form(business_id: str) -> Page:
    bundle = _bundle(business_id)
    if access.investor():
        return _go_on(bundle)
    return show(bundle, Typed(account_type=account_types()[0]))


@blueprint.post("/sign-in/<business_id>")
def submit(business_id: str) -> Page:
    return _submit(_bundle(business_id))


@blueprint.get("/sign-in")
def again() -> Page:
    """For going on: no business is started."""
    if access.investor():
        return _go_on(None)
    return show(None, Typed(account_type=account_types()[0]))


@blueprint.post("/sign-in")
def submit_again() -> Page:
    return _submit(None)


@blueprint.post("/sign-out")
def sign_out() -> Page:
    sessions.end(sessions.INVESTOR)
    flash(_("您已退出登录。"), "good")
    return redirect(url_for("public.entry"), 303)


@blueprint.get("/picture-code/<picture_id>.png")
def picture(picture_id: str) -> Page:
    return Response(pictures.picture(picture_id), mimetype="image/png")


@blueprint.get("/picture-code/<picture_id>.wav")
def sound(picture_id: str) -> Page:
    return Response(pictures.sound(picture_id), mimetype="audio/wav")


def _bundle(business_id: str) -> Bundle:
    found = business(business_id)
    if found is None or found.business.started_by != "investor":
        abort(404)
    return found


def _judge(bundle: Bundle | None) -> Bundle:
    """Whose table decides: the business's own, or the first one's when somebody only comes to go on."""
    return bundle or next(one for one in businesses() if one.business.started_by == "investor")


def _submit(bundle: Bundle | None) -> Page:
    form = typed()
    if form.action == "picture":
        return show(bundle, replace(form, picture_id="", picture=""))
    return _ask_code(bundle, form) if form.action == "code" else _enter(bundle, form)


def _ask_code(bundle: Bundle | None, form: Typed) -> Page:
    """获取验证码: the picture is solved first; what follows is the same for a number that nobody has."""
    closed = refusal(_judge(bundle), None)
    if closed:
        return show(bundle, form, notice=closed, status=403)
    errors = first_errors(form)
    if not errors and not pictures.solve(form.picture_id, form.picture):
        errors["picture"] = (
            _("图形验证码不正确或已过期，请按新的图形再输入一次") if form.picture else _("请输入图形验证码")
        )
    if errors:
        return show(bundle, replace(form, picture=""), errors, status=422)
    try:
        person = whose(form.id_number)
    except Unavailable:
        return show(bundle, replace(form, picture=""), nobody_can_say(), status=503)
    shown = phone.shown(vault(), form.id_number, person)
    asked = codes.ask(form.person, request.remote_addr or "", person.phone if person else None, shown)
    if asked.problem:
        return show(bundle, replace(form, picture=""), _no_code(asked), status=429)
    return show(bundle, replace(form, sent=asked.id, picture="", code=""))


def _no_code(asked: codes.Asked) -> Errors:
    """Only a code that is on its way belongs to a field: of the others nothing can be put right there."""
    if asked.problem == "soon":
        return {"picture": _("验证码刚刚发送过，请 %(seconds)d 秒后再获取", seconds=asked.wait)}
    hotline = company().hotline
    if asked.problem == "day":
        return {"": _("今天获取验证码已满 5 次，请明天再试，或致电客服 %(hotline)s", hotline=hotline)}
    return {"": _("此网络获取验证码太频繁，请一小时后再试，或换一个网络，或致电客服 %(hotline)s", hotline=hotline)}


def _no_picture() -> str:
    hotline = company().hotline
    return _("此网络获取图形验证码太频繁，请一小时后再试，或换一个网络，或致电客服 %(hotline)s", hotline=hotline)


def _enter(bundle: Bundle | None, form: Typed) -> Page:
    """马上开户: the code, then who it is, then whether he may."""
    errors = first_errors(form)
    if not form.sent:
        errors["picture"] = _("请先输入图形验证码，并点击“获取验证码”")
    elif not form.code:
        errors["code"] = _("请输入短信验证码")
    if not form.agreed:
        errors["agreed"] = _("请阅读《隐私政策》，同意后勾选")
    if errors:
        return show(bundle, form, errors, status=422)
    tried = codes.attempt(form.person, form.code)
    if tried.verdict != "right":
        return show(bundle, form, {"code": _wrong_code(tried)}, status=422)
    return _let_in(bundle, form, tried)


def _let_in(bundle: Bundle | None, form: Typed, tried: codes.Tried) -> Page:
    """The code was right: who it is, and whether he may. Until it is known that he may, the code stays good."""
    try:
        person = his_own(form.id_number)
    except Unavailable:
        return show(bundle, form, nobody_can_say(), status=503)
    if person is not None and person.account_type != form.account_type:
        return show(bundle, form, {"account_type": _("您在我们这里没有这一类型的账户，请另选一种")}, status=422)
    used = codes.use_up(tried)
    if person is None or used.verdict != "right":
        return show(bundle, form, {"code": _wrong_code(used)}, status=422)
    bundle = business(bundle.business.id, person.branch_id) if bundle else None  # what his branch takes
    notice = refusal(_judge(bundle), person)
    if notice and not solved_at_home(_judge(bundle), person):
        return render_template("signin/refused.html", notice=notice, bundle=bundle, hours=hours()), 403
    sessions.begin(sessions.INVESTOR, person.customer_id, along=consent.privacy(person.customer_id))
    look_again()
    return _first_page(bundle, person, notice if bundle else None)


def _wrong_code(tried: codes.Tried) -> str:
    return {
        "wrong": _("短信验证码不正确，还可以再试 %(left)d 次", left=tried.left),
        "used_up": _("输错次数太多，这个验证码已作废，请重新获取"),
        "used": _("这个验证码已经用过，请重新获取"),
        "expired": _("验证码已过期（5 分钟内有效），请重新获取"),
    }.get(tried.verdict, _("请先获取短信验证码"))


def _first_page(bundle: Bundle | None, person: Person, notice: Notice | None) -> Page:
    if notice:
        flash(notice.sentence, "warn")
        return redirect(url_for("my.overview"), 303)
    wanted = local_path(request.args.get("next", ""))
    if bundle is None or wanted:
        return redirect(wanted or url_for("my.overview"), 303)
    return redirect(start(bundle, person.customer_id, person.branch_id), 303)


def _go_on(bundle: Bundle | None) -> Page:
    """Somebody who is signed in already needs no form."""
    if bundle is None:
        return redirect(local_path(request.args.get("next", "")) or url_for("my.overview"), 303)
    return render_template("signin/already.html", bundle=bundle)


def show(
    bundle: Bundle | None,
    form: Typed,
    errors: Errors | None = None,
    notice: Notice | None = None,
    status: int = 200,
    sample: object = None,
) -> Page:
    """The form with everything that was typed. A phone is shown only for a code that was sent for this very number."""
    look_again()
    usable = bool(form.picture_id) and pictures.usable(form.picture_id)
    form = replace(form, picture_id=form.picture_id if usable else pictures.draw())
    if not form.picture_id:
        errors, status = {**(errors or {}), "": _no_picture()}, 429
    shown = codes.shown(form.sent) if was_sent(form) else ""
    kinds = [(name, company().say(name, language())) for name in account_types()]
    told = {"errors": errors or {}, "notice": notice, "phone": shown, "account_types": kinds, "sample": sample}
    return render_template("signin/form.html", bundle=bundle, form=form, **_surroundings(bundle), **told), status


def _surroundings(bundle: Bundle | None) -> dict[str, object]:
    """Where the form goes to, and what stands beside it."""
    action = url_for("signin.submit", business_id=bundle.business.id) if bundle else url_for("signin.submit_again")
    wanted = local_path(request.args.get("next", ""))
    address = action + (f"?{urlencode({'next': wanted})}" if wanted else "")
    return {"action": address, "hours": hours(), "notices": notices(), "qr": qr(action)}
