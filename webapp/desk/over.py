"""A desk task that is closed, or not one's own any more: by whom, when, or because the customer has given up."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine.cases.status import is_claimed
from engine.claims import other_before
from engine.tables import Task
from webapp.access import current_staff
from webapp.desk.queue import name_of
from webapp.house import clock, look_again, reading
from webapp.language import moment
from webapp.language import words as _


def over(found: Task) -> Page:
    """Back to the queue, with a sentence."""
    look_again()
    flash(said(reading().get_one(Task, found.id)), "warn")
    return redirect(url_for("desk.home"), 303)


def said(row: Task) -> str:
    """Why there is nothing to be done with this task any more."""
    if row.closed_how == "abandoned":
        return _("客户已放弃这项业务，不需要再办理。")
    if row.closed_by and row.closed_by != current_staff().id:
        by, at = name_of(row.closed_by), moment(row.closed_at)
        return _("这一件已由 %(by)s 于 %(at)s 办完。请从列表中另选一件。", by=by, at=at)
    return _("这一件已经办完，没有重复提交。")


def lost(row: Task) -> str:
    """Why somebody who has this task open on his page does not hold it any more."""
    if is_claimed(row, clock().now()):
        return _("%(by)s 已接手这一件。您写的内容保留为您的草稿。", by=name_of(row.claimed_by))
    kept = other_before(row, current_staff().id, clock().now())
    if kept and row.claimed_by is None:
        return _("这一件现由 %(by)s 优先办理，已不在您手上。您写的内容保留为您的草稿。", by=name_of(kept[0]))
    return _("您的领取已结束。请重新领取后再提交；您写的内容保留为草稿。")
