"""What somebody in line is told of his wait: how many verifiers are there, and how long it will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine import waiting_time
from engine.tables import Case
from engine.video_queue import Standing
from engine.waiting_time import Wait
from webapp.house import clock, reading
from webapp.language import words as _

LONG = timedelta(hours=2)


@dataclass(frozen=True)
class Told:
    """`verifiers` serve the line now; `wait` is how long it will be, in words, and empty while nobody serves it."""

    verifiers: int
    wait: str


def told(case: Case, line: Standing) -> Told:
    now = clock().now()
    there = waiting_time.verifiers(reading(), case.branch_id, now)
    wait = waiting_time.of(reading(), case.branch_id, line.position, there, now)
    return Told(there.serving, in_words(wait) if wait else "")


def in_words(wait: Wait) -> str:
    """Whole minutes; the range is never narrower than one."""
    if not wait.most:
        return _("马上，有视频验证人员空闲")
    if wait.most > LONG:
        return _("2 小时以上")
    least, most = int(wait.least.total_seconds() // 60), -int(-wait.most.total_seconds() // 60)
    if most <= 1:
        return _("不到 1 分钟")
    return _("约 %(least)d 至 %(most)d 分钟", least=min(least, most - 1), most=most)
