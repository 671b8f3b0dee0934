"""Locking a colleague out, letting him in again, and giving him a one-time password."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine import staff
from engine.actors import Actor
from engine.errors import Conflict, NoRoom
from engine.staff import ADMINISTRATOR, BadStaff
from webapp.access import colleague, current_staff, staff_only
from webapp.administration.adding import once_shown
from webapp.administration.changing import page, went_back
from webapp.administration.people import blueprint
from webapp.administration.words import person_refused
from webapp.house import look_again, settings, store
from webapp.language import words as _
from webapp.steps.refusals import not_stored


@blueprint.post("/people/<staff_id>/lock")
@staff_only(ADMINISTRATOR)
def lock(staff_id: str) -> Page:
    """His sessions end at once; what he had claimed is free for his colleagues."""

    def done(login: str, by: Actor) -> Page:
        returned = staff.lock(store(), login, by)
        flash(_("%(who)s 已停用，登录已全部结束。", who=colleague(staff_id).name) + went_back(returned), "good")
        return redirect(url_for("administration.people"), 303)

    return _do(staff_id, done)


@blueprint.post("/people/<staff_id>/unlock")
@staff_only(ADMINISTRATOR)
def unlock(staff_id: str) -> Page:
    def done(login: str, by: Actor) -> Page:
        staff.unlock(store(), login, by)
        flash(_("%(who)s 可以用原来的密码登录了。", who=colleague(staff_id).name), "good")
        return redirect(url_for("administration.people"), 303)

    return _do(staff_id, done)


@blueprint.post("/people/<staff_id>/reset")
@staff_only(ADMINISTRATOR)
def reset(staff_id: str) -> Page:
    return _do(staff_id, lambda login, by: once_shown(staff_id, staff.reset(store(), login, by, settings().hasher)))


def _do(staff_id: str, work: Callable[[str, Actor], Page]) -> Page:
    """What cannot be done is said on the person's page."""
    found = colleague(staff_id)
    try:
        return work(found.login, current_staff().actor)
    except BadStaff as wrong:
        return page(found, errors=person_refused(wrong), status=422)
    except (NoRoom, Conflict) as refused:
        told, status = not_stored(refused)
        look_again()
        return page(colleague(staff_id), errors={"": told}, status=status)
