"""The video page: how many wait, whether somebody answers now, what has become of the last try (S24-S29, G9, G16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine import appointments, calls
from engine.tables import QueuePlace, Task
from engine.video_queue import LEAVE
from forms.typed import Posted
from webapp.house import clock, company, house, reading
from webapp.language import language, moment
from webapp.language import words as _
from webapp.steps import devices
from webapp.steps.asked import Asked
from webapp.steps.booking import CHOICE, Booked, booked, said

WIDGET = "video_choice"
QUEUE, BOOKED = "queue", "booked"
OFTEN = 3


@dataclass(frozen=True)
class VideoPage:
    """What the page says beside its buttons. `opens_at` is set only while nobody answers calls."""

    waiting: int
    is_open: bool
    hours: str
    opens_at: datetime | None
    dropped: bool
    interruptions: int
    booking: Booked | None
    missed: Booked | None
    cancelled: bool

    @property
    def often(self) -> bool:
        return self.interruptions >= OFTEN


def video_page(asked: Asked) -> VideoPage:
    now, calendar = clock().now(), company().calendars.video
    is_open = answers_now()
    return VideoPage(
        waiting=how_many(asked.case.branch_id),
        is_open=is_open,
        hours=calendar.describe(language()),
        opens_at=None if is_open else calendar.next_opening(now),
        dropped=_dropped(asked),
        interruptions=calls.interruptions(reading(), asked.case.id),
        booking=booked(asked.case.id),
        missed=_missed(asked),
        cancelled=_cancelled(asked),
    )


def how_many(branch_id: str) -> int:
    """Everybody of the branch who waits or is being talked to (S25)."""
    return reading().scalar(select(func.count()).where(QueuePlace.branch_id == branch_id)) or 0


def answers_now() -> bool:
    """Whether verifiers answer calls at this moment; a demonstration is always open (G1)."""
    return house().demonstration is not None or company().calendars.video.is_open(clock().now())


def problems(here: Asked, posted: Posted) -> dict[str, str]:
    """A choice that is not offered now."""
    part = here.with_widget(WIDGET, devices.CHOICE, CHOICE)
    choice = next(iter(posted.get(part.key, [])), "") if part else ""
    if part is None:
        return {}
    if choice == QUEUE and not answers_now():
        return {part.key: closed()}
    if choice == BOOKED and booked(here.case.id) is None:
        return {part.key: _("您现在没有预约：可能已取消，或时段已过。请点击“预约视频”选择时段")}
    return {}


def closed() -> str:
    """Nobody answers now, and when somebody will."""
    opening = company().calendars.video.next_opening(clock().now())
    if opening is None:
        return _("现在没有视频验证服务，请致电客服")
    return _("现在不在视频服务时间，%(at)s 开始。请到时再来，或者预约视频", at=moment(opening))


def _dropped(asked: Asked) -> bool:
    """Whether the last time in line ended because the page had been silent for too long."""
    row = _last_in_line(asked)
    return row is not None and row.closed_how == LEAVE and row.closed_by == "system"


def _missed(asked: Asked) -> Booked | None:
    """The booking whose half day went by while he was in no line."""
    row, now, queued = appointments.last(reading(), asked.case.id), clock().now(), _last_in_line(asked)
    if row is None or row.ends_at > now or row.closed_how not in (None, appointments.MISSED):
        return None
    came = queued is not None and queued.closed_at is not None and queued.closed_at > row.starts_at
    return None if came else said(row, now)


def _cancelled(asked: Asked) -> bool:
    """Whether his last booking was given back and would still be to come: his own calendar may still hold it."""
    row = appointments.last(reading(), asked.case.id)
    return row is not None and row.closed_how == appointments.CANCELLED and row.ends_at > clock().now()


def _last_in_line(asked: Asked) -> Task | None:
    queues = [step.id for step in asked.bundle.steps if step.properties.get("outside") == "queue"]
    last = select(Task).where(Task.case_id == asked.case.id, Task.step.in_(queues), Task.closed_at.is_not(None))
    return reading().scalars(last.order_by(Task.closed_at.desc()).limit(1)).first()
