"""Every refusal as a page: what happened, what to do now, and the way back. Never "系统错误", never only a code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, flash, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from engine import errors as engine_errors
from engine.staff import name_of
from webapp import access, kept
from webapp.house import reading
from webapp.language import moment
from webapp.language import words as _
from webapp.logs import log
from webapp.steps.refusals import no_room
from webapp.way_back import local_path

Answer = tuple[str, int] | AnyResponse


@dataclass(frozen=True)
class Refusal:
    """The words of a page: what happened, and what to do."""

    title: str
    text: str


def answer(app: Flask) -> None:
    """Register a page for everything that can go wrong."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(engine_errors.Pending, _pending)
    app.register_error_handler(engine_errors.Refused, _refused)
    app.register_error_handler(Exception, _broken)


def page(refusal: Refusal, status: int) -> tuple[str, int]:
    """A refusal as a page of its own."""
    return render_template("errors/page.html", refusal=refusal, status=status, colleague=_is_colleague()), status


def _is_colleague() -> bool:
    return access.staff() is not None and (access.among_staff() or access.investor() is None)


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    if status >= 500:
        return _broken(getattr(error, "original_exception", None) or error)
    return page(HTTP.get(status, _unclear)(), status)


def _refused(error: engine_errors.Refused) -> Answer:
    for kind, status, words in ENGINE:
        if isinstance(error, kind):
            log.info("refused", refusal=kind.__name__, request=g.get("request_id"))
            return page(words(error), status)
    return page(_unclear(), 409)


def _pending(error: engine_errors.Pending) -> Answer:
    flash(_("您有一项业务正在办理。请先办完，或放弃后再办理其他业务。"), "warn")
    return redirect(url_for("my.overview"), 303)


def _stale_form(error: CSRFError) -> Answer:
    """What was typed goes on with one button where somebody is signed in; he may have done so in another window."""
    sent = kept.brought(local_path(request.referrer or "")) if access.staff() or access.investor() else None
    if sent is not None:
        layout = "layout_desk.html" if _is_colleague() else "layout.html"
        return render_template("errors/stale_form.html", kept=sent, action=sent.path, layout=layout), 400
    words = Refusal(
        _("这一页已失效，没有提交"),
        _("页面可能打开得太久，或浏览器不保存 Cookie。请返回上一页并刷新，再提交一次；已保存的草稿都还在。"),
    )
    return page(words, 400)


def _broken(error: Exception) -> Answer:
    """Something nobody foresaw: logged with an id, shown without its cause, drawn without the database."""
    g.is_broken, number = True, g.get("request_id", "-")
    log.error("broken", request=number, route=str(request.url_rule), exc_info=error)
    return render_template("errors/broken.html", number=number, colleague=access.among_staff()), 500


def _bad_request() -> Refusal:
    return Refusal(_("这次提交不完整"), _("请返回上一页，刷新后再试一次。"))


def _not_allowed() -> Refusal:
    return Refusal(_("您没有这项权限"), _("如果您认为应当有，请联系管理员。"))


def _not_found() -> Refusal:
    return Refusal(_("没有这个页面"), _("地址可能有误，或这一项已不属于您。请从下面的链接继续。"))


def _wrong_way() -> Refusal:
    return Refusal(_("这个地址不能直接打开"), _("请从下面的链接继续；已提交的内容都已保存。"))


def _too_big() -> Refusal:
    if access.among_staff():
        words = _("请返回上一页，换一个较小的文件再上传；能上传多大写在选择文件的地方。")
        return Refusal(_("文件太大，没有上传"), words)
    words = _("每张照片最大 20 MB。请返回上一页，换一张较小的照片再上传；已保存的内容都还在。")
    return Refusal(_("文件太大，没有上传"), words)


def _too_many() -> Refusal:
    words = _("一分钟内来自您这个网络的访问太多，这一次没有处理。请稍等一分钟，返回上一页再试；已保存的内容都还在。")
    return Refusal(_("操作太频繁"), words)


def _unclear() -> Refusal:
    return Refusal(_("这次操作没有完成"), _("什么都没有改变。请返回上一页再试一次。"))


HTTP: dict[int, Callable[[], Refusal]] = {
    400: _bad_request, 403: _not_allowed, 404: _not_found, 405: _wrong_way, 413: _too_big, 429: _too_many,
}  # fmt: skip


def _stale(error: engine_errors.Refused) -> Refusal:
    return Refusal(_("这一步已经办过了"), _("您提交的是一个旧页面，没有重复提交。请从下面的链接继续当前的一步。"))


def _claimed(error: engine_errors.Refused) -> Refusal:
    by, since = name_of(reading(), f"staff:{getattr(error, 'by', '')}"), moment(getattr(error, "since", None))
    return Refusal(_("已被他人领取"), _("%(by)s 已于 %(since)s 领取。请从列表中另选一件。", by=by, since=since))


def _needs_reason(error: engine_errors.Refused) -> Refusal:
    return Refusal(_("由您接手须写明原因"), _("请从列表中打开这一件，写明原因后领取。"))


def _not_claimed(error: engine_errors.Refused) -> Refusal:
    return Refusal(_("您还没有领取，或领取已到期"), _("请重新领取后再提交；已写的内容会作为草稿保留。"))


def _reused(error: engine_errors.Refused) -> Refusal:
    return Refusal(_("这一页已经提交过了"), _("先提交的内容已被接受，这一次没有保存。请从下面的链接继续。"))


def _conflict(error: engine_errors.Refused) -> Refusal:
    return Refusal(_("另一项操作刚好同时进行"), _("这一次没有保存任何内容。请返回上一页再提交一次。"))


def _another_version(error: engine_errors.Refused) -> Refusal:
    return Refusal(
        _("使用中的版本与您看到的不同"), _("没有做任何改动。请回到业务流程，看清现在的版本，再决定发布或撤回。")
    )


def _no_room(error: engine_errors.Refused) -> Refusal:
    return Refusal(_("暂时无法保存"), no_room())


def _gone(error: engine_errors.Refused) -> Refusal:
    return _not_found()


def _not_yours(error: engine_errors.Refused) -> Refusal:
    return Refusal(_("这一步不能由您办理"), _("同一笔业务的这一步须由另一位同事办理，或不属于您的岗位。"))


ENGINE: tuple[tuple[type[engine_errors.Refused], int, Callable[[engine_errors.Refused], Refusal]], ...] = (
    (engine_errors.Gone, 404, _gone),
    (engine_errors.NotYours, 403, _not_yours),
    (engine_errors.Stale, 409, _stale),
    (engine_errors.Claimed, 409, _claimed),
    (engine_errors.NeedsReason, 409, _needs_reason),
    (engine_errors.NotClaimed, 409, _not_claimed),
    (engine_errors.Reused, 409, _reused),
    (engine_errors.Conflict, 409, _conflict),
    (engine_errors.NoRoom, 507, _no_room),
    (engine_errors.Unchanged, 409, _another_version),
    (engine_errors.Overtaken, 409, _another_version),
    (engine_errors.NoVersionBefore, 409, _another_version),
    (engine_errors.UnderWay, 409, _another_version),
    (engine_errors.NeedsAnother, 409, _another_version),
)
