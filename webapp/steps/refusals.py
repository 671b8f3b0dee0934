"""What a person reads when a step was not taken: it is over, nothing could be stored, a certificate does not hold."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine.errors import NoRoom, Refused
from engine.pki import CertificateProblem
from engine.tables import Case
from forms.typed import typed
from webapp.access import among_staff
from webapp.house import company, look_again
from webapp.language import words as _
from webapp.steps.asked import Asked
from webapp.steps.page import page
from webapp.steps.posted import posted


def elsewhere(found: Case) -> Page:
    """A closed, unknown or stale step: a sentence, and the step that is open; what is over says so by itself."""
    if look_again().get_one(Case, found.id).ended_at is None:  # it may have ended since this request read it
        flash(_("您打开的一步已经办过了，没有重复提交。下面是现在要办的一步。"), "warn")
    return redirect(url_for("steps.case", case_id=found.id), 303)


def no_way_back(found: Case) -> Page:
    """The diagram draws no road back from here, or not any more."""
    flash(_("这一步不能再返回更改。下面是现在要办的一步。"), "warn")
    return redirect(url_for("steps.case", case_id=found.id), 303)


def unsaved(here: Asked, refused: Refused) -> Page:
    """Nothing could be stored: the same page with everything typed, what happened and what to do."""
    look_again()
    said, status = not_stored(refused)
    return page(here, typed(here.form, posted()), {"": said}), status


def not_stored(refused: Refused) -> tuple[str, int]:
    """The sentence and the status of NoRoom and Conflict; a colleague calls whoever runs the machine."""
    if isinstance(refused, NoRoom):
        return no_room(), 507
    return _("另一项操作刚好同时进行，这一次没有保存任何内容。请再提交一次。"), 409


def no_room() -> str:
    if among_staff():
        return _("存储空间不足，这一次没有保存任何内容。请稍后再试，并告知运维人员。")
    hotline = company().hotline
    return _("存储空间不足，这一次没有保存任何内容。请稍后再试，或致电客服 %(hotline)s。", hotline=hotline)


def unsigned(problem: CertificateProblem) -> str:
    """Why a signature was not accepted, and what to do."""
    if problem.code == "challenge_gone":
        return _("页面打开得太久，签名已失效。请再点击一次“签署协议”")
    if problem.code in ("expired", "revoked", "another_person", "not_yet_valid"):
        return _("这个浏览器里的数字证书不能使用（已过期、已吊销或不是您本人的）。请点击上一步重新检测证书")
    return _("没有收到数字证书的签名。请使用装有证书的浏览器，并允许页面运行脚本，再点击一次“签署协议”")


def undetected(problem: CertificateProblem) -> str:
    """Why what was detected is not taken any more; the page has detected afresh when it is shown."""
    return _("证书检测的结果已失效，页面已重新检测。请再点击一次“下一步”")
