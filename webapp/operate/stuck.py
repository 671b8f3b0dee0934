"""The stuck board: cases that stand still longer than they should, by what holds them, each with its cure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, url_for
from flask.typing import ResponseReturnValue as Page

from engine.bundles import Bundle
from engine.flow_figures import KINDS, Kind, Stuck, Wish, stuck, usual
from webapp.desk.queue import name_of
from webapp.durations import briefly
from webapp.house import bundle_named, businesses, clock, reading, say
from webapp.language import words as _
from webapp.operate.views import blueprint, operators_only
from webapp.operate.words import element_name, service_title
from webapp.steps.knowing import branch_name

USUAL = timedelta(days=90)
"""What is usual at a step is measured over the cases that began in this time."""
MOST = 50


@dataclass(frozen=True)
class Row:
    """One case at one place. `leads` is where its cure begins."""

    number: str
    leads: str
    business: str
    place: str
    branch: str
    since: datetime
    past: str
    holder: str


@dataclass(frozen=True)
class Board:
    """All of one kind: what holds them, and what to do."""

    kind: Kind
    title: str
    cure: str
    rows: list[Row]
    full: bool


@blueprint.get("/stuck")
@operators_only
def stuck_board() -> Page:
    """Of every business and branch, without anything of a customer."""
    found = [(bundle, one) for bundle in businesses() for one in _stuck(bundle)]
    boards = [_board(kind, [(bundle, one) for bundle, one in found if one.kind == kind]) for kind in KINDS]
    return render_template("operate/stuck.html", boards=[one for one in boards if one.rows], days=USUAL.days)


def _stuck(bundle: Bundle) -> list[Stuck]:
    now, business = clock().now(), bundle.business.id
    took = usual(reading(), Wish(business, now - USUAL))
    return stuck(reading(), business, took, bundle_named, now, MOST + 1)


def _board(kind: Kind, found: list[tuple[Bundle, Stuck]]) -> Board:
    title, cure = _words(kind)
    oldest = sorted(found, key=lambda pair: pair[1].since)
    return Board(kind, title, cure, [_row(bundle, one) for bundle, one in oldest[:MOST]], len(oldest) > MOST)


def _row(bundle: Bundle, one: Stuck) -> Row:
    place = element_name(bundle, one.element) or service_title(one.element)
    return Row(
        one.number or _("未受理"),
        url_for("operate.case", case_id=one.case_id),
        say(bundle, bundle.business.name),
        place,
        branch_name(one.branch_id),
        one.since,
        _past(one),
        name_of(one.held_by),
    )


def _past(one: Stuck) -> str:
    """Why it counts as stuck."""
    now = clock().now()
    if one.due is not None and one.due < now:
        return _("超过期限 %(span)s", span=briefly(now - one.due))
    if one.usual is not None:
        return _("已 %(span)s，通常不超过 %(usual)s", span=briefly(now - one.since), usual=briefly(one.usual))
    return _("已 %(span)s", span=briefly(now - one.since))


def _words(kind: Kind) -> tuple[str, str]:
    """What holds such cases, and what to do."""
    return {
        "job_failed": (_("后台任务没有办成"), _("打开受理单里的异常任务：按说明排除原因，再重试或人工给出结果。")),
        "queue_down": (
            _("后台任务没有人来取"),
            _("运行 kaihu doctor：队列、转发、处理进程中可能有一个没有运行。恢复后会自己继续，不会丢失。"),
        ),
        "timer_overdue": (
            _("到时间没有继续"),
            _("转发进程没有运行，或时钟不对。运行 kaihu doctor；恢复后到期的会自己继续。"),
        ),
        "nobody_eligible": (
            _("营业部没有人能办"),
            _("在“人员”里给这个营业部的同事加上岗位，或解除锁定；四眼原则要求换一位没有办过这件的同事。"),
        ),
        "unclaimed": (_("没有人领取"), _("请营业部主管在“本营业部待办”里指定同事。")),
        "claimed": (_("领取了，迟迟没有办"), _("联系办理人；不在岗时，请营业部主管转给别的同事。")),
        "customer_silent": (
            _("客户没有继续"),
            _("到期会自动提醒，再到期会关闭。客户可能遇到了困难：看看他停在哪一步、被退回过几次，再请营业部联系。"),
        ),
    }[kind]
