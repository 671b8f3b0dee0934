"""A desk task that is closed: by whom, when, or because the customer has given up."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine.tables import Task
from webapp.access import current_staff
from webapp.desk.queue import name_of
from webapp.house import look_again, reading
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
