"""Refusals for scripts: a code that they can act on, and the sentence that they show."""

from __future__ import annotations

from flask.typing import ResponseReturnValue as Page

from engine.errors import Conflict, NoRoom, NotClaimed, Refused
from engine.recordings import NoConsent, OtherChunk, RecordedElsewhere, RecordingFull
from engine.stills import OtherStill, TooManyStills
from webapp.language import words as _


def refused(code: str, said: str, status: int) -> Page:
    return {"code": code, "said": said}, status


def refusal(wrong: Refused) -> Page:
    """What the engine refused about a call."""
    if isinstance(wrong, NotClaimed):
        return refused("over", _("这次通话已经结束，或您的领取已到期。"), 410)
    if isinstance(wrong, NoConsent):
        return refused("no_consent", _("客户还没有同意录像，录像没有保存。"), 409)
    if isinstance(wrong, NoRoom):
        return refused("no_room", _("存储空间不足，暂时没有保存。"), 507)
    if isinstance(wrong, Conflict):
        return refused("conflict", _("另一项操作刚好同时进行，请再试一次。"), 503)
    if isinstance(wrong, RecordingFull | TooManyStills):
        return refused("full", _("这次通话保存的内容已达上限。"), 409)
    if isinstance(wrong, RecordedElsewhere):
        return refused("elsewhere", _("这次通话由服务器录制。"), 409)
    if isinstance(wrong, OtherChunk | OtherStill):
        return refused("other", _("这个位置已经保存了另一份内容。"), 409)
    raise wrong


def not_whole() -> Page:
    return refused("digest", _("内容在传输中不完整，请重新发送。"), 422)
