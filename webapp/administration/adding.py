"""Adding a member of staff: he gets a one-time password, which is shown once."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue as Page
from sqlalchemy import select

from engine.errors import Conflict, NoRoom
from engine.staff import ADMINISTRATOR, ROLES, BadStaff, invite
from engine.tables import Staff
from webapp.access import current_staff, staff_only
from webapp.administration.people import blueprint, branch_names, row_of
from webapp.administration.words import person_refused, role_names, role_notes
from webapp.house import look_again, settings, store
from webapp.steps.refusals import not_stored


@dataclass(frozen=True)
class Typed:
    """What a form about a person holds."""

    login: str
    name: str
    roles: tuple[str, ...]
    branch: str

    @property
    def parts(self) -> tuple[str, str, tuple[str, ...], str]:
        return self.login, self.name, self.roles, self.branch


def typed_person(login: str = "") -> Typed:
    """The posted form; the login is typed only for somebody new."""
    form = request.form
    roles = tuple(role for role in form.getlist("roles") if role)
    return Typed(login or form.get("login", "").strip(), form.get("name", "").strip(), roles, form.get("branch", ""))


@blueprint.get("/people/new")
@staff_only(ADMINISTRATOR)
def new_person() -> Page:
    return _form(Typed("", "", (), current_staff().branch_id), {})


@blueprint.post("/people/new")
@staff_only(ADMINISTRATOR)
def add_person() -> Page:
    typed = typed_person()
    try:
        member, once = invite(store(), *typed.parts, current_staff().actor, settings().hasher)
    except BadStaff as wrong:
        return _form(typed, person_refused(wrong), 422)
    except (NoRoom, Conflict) as refused:
        told, status = not_stored(refused)
        look_again()
        return _form(typed, {"": told}, status)
    return once_shown(member.id, once)


def once_shown(staff_id: str, once: str) -> Page:
    """The page with a one-time password. It is the answer to the form itself: no address shows it again."""
    row = row_of(look_again().scalars(select(Staff).where(Staff.id == staff_id)).one())
    return render_template("administration/one_time.html", row=row, once=once)


def choices() -> dict[str, object]:
    """What the forms about a person offer."""
    names, notes = role_names(), role_notes()
    return {"roles": [(role, names[role], notes[role]) for role in ROLES], "branches": list(branch_names().items())}


def _form(typed: Typed, errors: dict[str, str], status: int = 200) -> Page:
    return render_template("administration/new_person.html", typed=typed, errors=errors, **choices()), status
