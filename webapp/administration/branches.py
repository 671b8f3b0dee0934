"""The branches: added, and given other names."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page
from sqlalchemy import func, select

from engine.branches import BadBranch, keep
from engine.errors import Conflict, NoRoom
from engine.staff import ADMINISTRATOR
from engine.tables import Branch, Staff
from webapp.access import current_staff, staff_only
from webapp.administration.people import blueprint
from webapp.administration.words import branch_refused
from webapp.house import company, look_again, reading, store
from webapp.language import words as _
from webapp.steps.refusals import not_stored

FIELDS = ("id", "name", "name_en")


@blueprint.get("/branches")
@staff_only(ADMINISTRATOR)
def branches() -> Page:
    return _list({}, {})


@blueprint.post("/branches")
@staff_only(ADMINISTRATOR)
def add_branch() -> Page:
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    errors, status = _keep(typed, only_new=True)
    if errors:
        return _list(typed, errors, status)
    flash(_("%(name)s 已添加。", name=typed["name"]), "good")
    return redirect(url_for("administration.branches"), 303)


@blueprint.get("/branches/<branch_id>")
@staff_only(ADMINISTRATOR)
def branch(branch_id: str) -> Page:
    found = _found(branch_id)
    return _form(found, {"name": found.name, "name_en": found.name_en}, {})


@blueprint.post("/branches/<branch_id>")
@staff_only(ADMINISTRATOR)
def rename_branch(branch_id: str) -> Page:
    found = _found(branch_id)
    typed = {"id": found.id, **{name: request.form.get(name, "").strip() for name in FIELDS[1:]}}
    errors, status = _keep(typed, only_new=False)
    if errors:
        return _form(found, typed, errors, status)
    flash(_("%(name)s 已保存。", name=typed["name"]), "good")
    return redirect(url_for("administration.branches"), 303)


def _keep(typed: Mapping[str, str], only_new: bool) -> tuple[dict[str, str], int]:
    """What was refused and with which status; nothing when it is stored."""
    try:
        keep(store(), typed["id"], typed["name"], typed["name_en"], current_staff().actor, only_new=only_new)
    except BadBranch as wrong:
        return branch_refused(wrong), 422
    except (NoRoom, Conflict) as refused:
        told, status = not_stored(refused)
        return {"": told}, status
    finally:
        look_again()
    return {}, 303


def _list(typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200) -> Page:
    rows, rules = reading().scalars(select(Branch).order_by(Branch.id)).all(), company().appointments
    people = select(Staff.branch_id, func.count()).where(Staff.locked_at.is_(None)).group_by(Staff.branch_id)
    counts = {row[0]: row[1] for row in reading().execute(people)}
    places = {row.id: rules.capacity_of(row.id) for row in rows}
    told = {"rows": rows, "counts": counts, "places": places, "typed": typed, "errors": errors}
    return render_template("administration/branches.html", **told), status


def _form(found: Branch, typed: Mapping[str, str], errors: Mapping[str, str], status: int = 200) -> Page:
    return render_template("administration/branch.html", branch=found, typed=typed, errors=errors), status


def _found(branch_id: str) -> Branch:
    return reading().get(Branch, branch_id) or abort(404)
