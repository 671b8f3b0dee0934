"""What happened to a job, in the words of a person who has to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.bundles import Bundle
from engine.services import ByHand
from engine.tables import Job
from engine.tries import NO_ANSWER
from webapp.house import clock, say, store
from webapp.language import language, moment
from webapp.language import words as _

_IMPOSSIBLE, _LOST, _SLOW = frozenset({"impossible"}), frozenset({NO_ANSWER}), frozenset({"took too long"})
_AWAY = frozenset({"TimeoutError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "OSError"})
_DATABASE = frozenset({"OperationalError", "Conflict", "DBAPIError", "InterfaceError"})
_FULL, _MEMORY = frozenset({"NoRoom"}), frozenset({"MemoryError"})


@dataclass(frozen=True)
class CauseWords:
    """What went wrong, and what to do about it before the job is sent again."""

    says: str
    advice: str


def cause_words(error: str) -> CauseWords:
    """An error's class as a sentence; the class itself stays on the page for whoever maintains the program."""
    kind = "impossible" if error.startswith("impossible: ") else error
    return next((CauseWords(says, advice) for errors, says, advice in _known() if kind in errors), _unknown())


def _known() -> Iterator[tuple[frozenset[str], str, str]]:
    """Errors that somebody who does not know the program can do something about."""
    yield _IMPOSSIBLE, _("任务判断自己办不到"), _("只重试没有用：先按技术信息排除原因，再重试，或人工给出结果。")
    lost = _("进程可能中途崩溃或被终止。运行 kaihu doctor，确认处理进程正常、内存够用，再重试。")
    yield _LOST, _("处理进程没有答复"), lost
    yield _SLOW, _("处理超过时限"), _("检查机器是否过忙、外部系统是否变慢，再重试。")
    yield _AWAY, _("外部系统没有答复"), _("确认外部系统和网络已恢复。先重试一件，办成后再重试其余。")
    yield _DATABASE, _("数据库没有写成"), _("运行 kaihu doctor，确认数据库正常，再重试。")
    yield _FULL, _("磁盘已满"), _("腾出空间（kaihu doctor 会说明还差多少），再重试。")
    yield _MEMORY, _("内存不够"), _("确认机器的内存够用，再重试。")


def _unknown() -> CauseWords:
    return CauseWords(_("程序出错"), _("把技术信息交给维护程序的同事，修复后再重试。"))


def service_title(service: str) -> str:
    """What operators call a service; its own name where this version does not know it."""
    spec = store().services.get(service)
    if spec is None:
        return service
    return (spec.title_en if language() == "en" else spec.title) or service


def by_hand_words(one: ByHand) -> str:
    return one.says_en if language() == "en" else one.says


def element_name(bundle: Bundle, element: str | None) -> str:
    """The name that the diagram gives an element; empty where it gives none."""
    named = (one.name for one in bundle.drawing.elements.values() if one.id == element and one.name)
    return say(bundle, next(named, ""))


def job_words(job: Job) -> str:
    """Where a job stands now."""
    if job.status == "due":
        later = job.run_after > clock().now()
        return _("等待重试，%(at)s 起", at=moment(job.run_after)) if later else _("等待发送")
    return {
        "sent": _("处理中（第 %(n)d 次）", n=job.attempt),
        "done": _("已办成"),
        "discarded": _("不再需要"),
        "incident": _("异常，等待处理"),
    }.get(job.status, job.status)


def how_words(how: str | None) -> str:
    """How an incident was settled."""
    return {
        "retry": _("已重试"),
        "result": _("已人工给出结果"),
        "left": _("已放下"),
        "late": _("处理进程后来办成了"),
        "moot": _("业务已不需要它"),
    }.get(how or "", _("已处理"))
