"""A case in which nothing is asked of its customer now: the system works, a desk works, or it is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue as Page
from sqlalchemy import select

from engine import video_queue
from engine.cases import open_tasks
from engine.tables import Case, Job, Photo, Rejection, Task
from webapp.access import INVESTOR_ROLE
from webapp.calls.panes import call_page
from webapp.durations import lasting
from webapp.house import bundle_of, clock, reading, say, vault
from webapp.language import words as _
from webapp.notices import notice
from webapp.steps import outcome, progress, waiting_room
from webapp.steps.marks import mark
from webapp.steps.pictures import WORKING


@dataclass(frozen=True)
class Standing:
    """What the page says: `kind` is system | line | desk | end. `line` is where the customer stands in his queue.

    `waited` says how long, and `wait` how long it will be. `notice` is what the desk's step wants the customer to read
    meanwhile; without it there is nothing for him to do. `mark` is what a stream tells of the case as it is shown here.
    """

    kind: str
    title: str
    stuck: bool
    photos_done: int
    photos_all: int
    reasons: tuple[str, ...]
    line: video_queue.Standing | None = None
    waited: str = ""
    wait: waiting_room.Told | None = None
    notice: Mapping[str, str] | None = None
    mark: str = ""


def standing(case: Case) -> Page:
    """The page of such a case."""
    stages = progress.stages(case)
    here = of(case)
    called = here.line is not None and here.line.in_call
    return render_template(
        "steps/call.html" if called else "steps/standing.html",
        case=case,
        bundle=bundle_of(case),
        standing=here,
        call=call_page(case) if called else None,
        status=say(bundle_of(case), case.status),
        after=outcome.told_at_end(case),
        stages=stages,
        stage=progress.current(stages),
    )


def of(case: Case) -> Standing:
    desk = next((task for task in open_tasks(reading(), case.id) if task.role != INVESTOR_ROLE), None)
    photos, line = _photos(case), video_queue.standing(reading(), case.id, clock().now())
    return Standing(
        kind=_kind(case, desk, line),
        title=_line_title(line) if line else _title(case, desk),
        stuck=not desk and _stuck(case),
        photos_done=sum(photo.status not in WORKING for photo in photos),
        photos_all=len(photos),
        reasons=_final_reasons(case),
        line=line,
        waited=lasting(clock().now() - line.joined_at) if line else "",
        wait=waiting_room.told(case, line) if line and not line.in_call else None,
        notice=_notice(case, desk),
        mark=mark(reading(), case.id),
    )


def _kind(case: Case, desk: Task | None, line: video_queue.Standing | None) -> str:
    if case.ended_at:
        return "end"
    return "line" if line else "desk" if desk else "system"


def _line_title(line: video_queue.Standing) -> str:
    """Also in the title of the tab, so that the place is seen from another one."""
    return _("视频验证人员正在接通") if line.in_call else _("排队中：第 %(n)d 位", n=line.position)


def _title(case: Case, desk: Task | None) -> str:
    bundle = bundle_of(case)
    if case.ended_at is not None:
        return say(bundle, case.status)
    if desk is None:
        return _("正在处理您提交的内容")
    if told := _notice(case, desk):
        return told["title"]
    if desk.claimed_by:
        return _("已提交，%(status)s", status=say(bundle, case.status))
    return _("已提交，等待%(step)s", step=say(bundle, bundle.step_name(desk.step)))


def _notice(case: Case, desk: Task | None) -> Mapping[str, str] | None:
    bundle = bundle_of(case)
    name = bundle.step(desk.step).properties.get("notice") if desk else None
    return notice(bundle, name) if name else None


def _stuck(case: Case) -> bool:
    """An incident: somebody of the company has to look, and the customer need not do anything."""
    broken = select(Job.id).where(Job.case_id == case.id, Job.task_id.is_not(None), Job.status == "incident")
    return reading().scalars(broken).first() is not None


def _photos(case: Case) -> list[Photo]:
    rows = select(Photo).where(Photo.case_id == case.id, Photo.removed_at.is_(None)).order_by(Photo.at)
    return list({row.slot: row for row in reading().scalars(rows)}.values())


def _final_reasons(case: Case) -> tuple[str, ...]:
    """Why a case was refused for good, in the desk's words."""
    if case.ended_at is None:
        return ()
    rows = select(Rejection).where(Rejection.case_id == case.id, Rejection.resolved_at.is_(None)).order_by(Rejection.at)
    return tuple(vault().open("rejections.customer_text", row.customer_text) for row in reading().scalars(rows))


def fragment(case: Case) -> str:
    """The same for a page that asks again by itself."""
    return render_template(
        "steps/standing_part.html",
        case=case,
        bundle=bundle_of(case),
        standing=of(case),
        status=say(bundle_of(case), case.status),
        after=outcome.told_at_end(case),
        asked_again=True,
    )
