"""The list of the staff: roles, branch, last sign-in, and who may not sign in since when and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue as Page
from sqlalchemy import func, or_, select

from engine.staff import ADMINISTRATOR, names_of
from engine.tables import Branch, Staff, Task
from webapp.access import staff_only
from webapp.administration.words import role_names
from webapp.house import clock, reading
from webapp.language import language

blueprint = Blueprint("administration", __name__, url_prefix="/administration")
LONGEST_SEARCH = 64


@dataclass(frozen=True)
class Row:
    """One member of staff, as the list and his own page show him.

    `one_time_until` stands while a one-time password was not exchanged yet, `late` when it is void by now. `held` is
    how many tasks he has claimed at this moment.
    """

    id: str
    login: str
    name: str
    roles: tuple[str, ...]
    branch: str
    signed_in_at: datetime | None
    locked_at: datetime | None
    locked_by: str
    one_time_until: datetime | None
    late: bool
    held: int


@blueprint.get("/people")
@staff_only(ADMINISTRATOR)
def people() -> Page:
    wish = request.args.get("find", "").strip()[:LONGEST_SEARCH]
    total = reading().scalar(select(func.count()).select_from(Staff))
    return render_template("administration/people.html", rows=_rows(wish), wish=wish, total=total)


def _rows(wish: str) -> list[Row]:
    """Whoever has the words in his name or login, branch by branch; who is locked comes last."""
    found = select(Staff).order_by(Staff.locked_at.is_not(None), Staff.branch_id, Staff.name, Staff.login)
    if wish:
        found = found.where(or_(*(one.icontains(wish, autoescape=True) for one in (Staff.name, Staff.login))))
    return rows_of(reading().scalars(found).all())


def row_of(row: Staff) -> Row:
    """A member of staff in the words of the reader."""
    return rows_of([row])[0]


def rows_of(members: Sequence[Staff]) -> list[Row]:
    """The same of many, with no more questions to the database than for one."""
    branches, held = branch_names(), _held()
    lockers = names_of(reading(), (row.locked_by for row in members))
    return [_row(row, branches, lockers, held) for row in members]


def _row(row: Staff, branches: Mapping[str, str], lockers: Mapping[str, str], held: Mapping[str, int]) -> Row:
    names, until = role_names(), row.one_time_until
    return Row(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=tuple(names.get(role, role) for role in row.roles),
        branch=branches.get(row.branch_id, row.branch_id),
        signed_in_at=row.signed_in_at,
        locked_at=row.locked_at,
        locked_by=lockers.get(row.locked_by or "", ""),
        one_time_until=until,
        late=until is not None and until <= clock().now(),
        held=held.get(row.id, 0),
    )


def branch_names() -> dict[str, str]:
    """The branches by their ids, in the reader's language."""
    rows = reading().scalars(select(Branch).order_by(Branch.id))
    return {row.id: row.name_en if language() == "en" else row.name for row in rows}


def _held() -> dict[str, int]:
    """How many tasks everybody holds who holds any."""
    live = (Task.claimed_by.is_not(None), Task.closed_at.is_(None), Task.lease_until > clock().now())
    counted = select(Task.claimed_by, func.count()).where(*live).group_by(Task.claimed_by)
    return {str(row[0]): row[1] for row in reading().execute(counted)}
