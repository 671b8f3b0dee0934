"""One member of staff: his name, roles and branch."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue as Page

from engine.errors import Conflict, NoRoom
from engine.staff import ADMINISTRATOR, BadStaff, change
from engine.tables import Staff
from webapp.access import colleague, current_staff, staff_only
from webapp.administration.adding import Typed, choices, typed_person
from webapp.administration.people import blueprint, row_of
from webapp.administration.words import person_refused
from webapp.house import look_again, store
from webapp.language import words as _
from webapp.steps.refusals import not_stored


@blueprint.get("/people/<staff_id>")
@staff_only(ADMINISTRATOR)
def person(staff_id: str) -> Page:
    return page(colleague(staff_id))


@blueprint.post("/people/<staff_id>")
@staff_only(ADMINISTRATOR)
def change_person(staff_id: str) -> Page:
    found = colleague(staff_id)
    typed = typed_person(found.login)
    try:
        returned = change(store(), *typed.parts, current_staff().actor)
    except BadStaff as wrong:
        return page(found, typed, person_refused(wrong), 422)
    except (NoRoom, Conflict) as refused:
        told, status = not_stored(refused)
        look_again()
        return page(colleague(staff_id), typed, {"": told}, status)
    look_again()
    flash(_("%(who)s 的资料已保存。", who=typed.name) + went_back(returned), "good")
    return redirect(url_for("administration.people"), 303)


def went_back(returned: int) -> str:
    """What became of the tasks that somebody may not hold any more."""
    return _("他领取的 %(n)d 件已退回队列。", n=returned) if returned else ""


def page(found: Staff, typed: Typed | None = None, errors: Mapping[str, str] | None = None, status: int = 200) -> Page:
    """The form with what is on record, or with what was typed and refused."""
    kept = typed or Typed(found.login, found.name, tuple(found.roles), found.branch_id)
    mine = found.id == current_staff().id
    told = {"row": row_of(found), "typed": kept, "mine": mine, "errors": errors or {}}
    return render_template("administration/person.html", **told, **choices()), status
