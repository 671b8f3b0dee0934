"""What a call still lacks before its customer may pass: recording, stills, a real camera."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from engine import calls, recordings, stills
from engine.tables import CallStill, VideoCall
from forms.document import Component
from webapp.house import clock, company, reading
from webapp.language import words as _

STILLS = "stills"
"""Property of the field of the verdict: the kinds of stills without which nobody passes."""


BROKEN = timedelta(seconds=45)
"""A recording of which nothing has come for so long does not run any more."""


def still_name(kind: str) -> str:
    names = {"face": _("人像"), "face_with_id": _("手持身份证"), "id_closeup": _("身份证特写")}
    return names.get(kind, kind)


def missing(case_id: str, verdict: Component) -> str:
    """One sentence with all that is missing; empty when the call may end with a pass.

    A demonstration lets a call pass that nobody has begun to record: it may run where no browser has a camera. Its
    record says 无视频.
    """
    call = calls.of_case(reading(), case_id, clock().now())
    if not _begun(call) and company().demonstration:
        return ""
    lacks = list(_lacks(call, verdict))
    return _("还不能通过：%(what)s。通话中断时请按“用户中断”。", what=_("；").join(lacks)) if lacks else ""


def _begun(call: VideoCall | None) -> bool:
    return call is not None and (call.consented_at is not None or call.connected_at is not None)


def _lacks(call: VideoCall | None, verdict: Component) -> Iterator[str]:
    if call is None or call.consented_at is None:
        yield _("客户还没有同意录像")
    elif (last := recordings.last_at(reading(), call)) is None:
        yield _("没有录像")
    elif clock().now() - last > BROKEN:
        yield _("录像已中断，请刷新本页恢复录制")
    if call is not None and call.simulated and not company().demonstration:
        yield _("一方使用模拟摄像头")
    taken = stills.counting(reading(), call.id) if call else {}
    yield from (told for kind in verdict.names(STILLS) if (told := _lacking(kind, taken.get(kind))))


def _lacking(kind: str, still: CallStill | None) -> str:
    if still is None:
        return _("缺少%(still)s照片", still=still_name(kind))
    if still.status == stills.WAITING:
        return _("%(still)s照片还在处理，请稍候几秒", still=still_name(kind))
    return "" if still.status == stills.READY else _("%(still)s照片无法读取，请重新拍摄", still=still_name(kind))
