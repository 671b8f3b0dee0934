"""Who is asking, and the only ways in which a view gets a row. What is another's does not exist: 404."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, NoReturn, TypeVar

from flask import abort, g, redirect, request, url_for
from sqlalchemy import bindparam, select

from engine import photos
from engine.accounts import Person
from engine.actors import OPERATORS, Actor
from engine.bundles.versions import ANALYST
from engine.cases import answers
from engine.reassigning import SUPERVISOR
from engine.staff import ADMINISTRATOR
from engine.tables import Branch, Case, Incident, Obligation, Photo, Staff, Task, VideoCall
from webapp import sessions
from webapp.house import clock, house, reading, vault
from webapp.language import language
from webapp.way_back import to_sign_in

INVESTOR_ROLE = "investor"
DESK_ROLES = frozenset({"reviewer", "verifier"})
_CASE = select(Case).where(Case.id == bindparam("case"))
CHOOSING = ("staff.password", "staff.choose")
"""Where somebody with a one-time password may go."""
STAFF_ROOMS = frozenset({"staff", "desk", "desk_calls", "studio", "administration", "operate"})
"""The blueprints whose pages are for colleagues."""
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Investor:
    """The signed-in investor."""

    id: str
    name: str
    branch_id: str

    @property
    def actor(self) -> Actor:
        return Actor("investor", self.id, self.name, frozenset({INVESTOR_ROLE}), self.branch_id)


@dataclass(frozen=True)
class StaffMember:
    """The signed-in member of staff. `one_time`: he must choose a password of his own before anything else."""

    id: str
    login: str
    name: str
    roles: frozenset[str]
    branch_id: str
    branch_name: str
    one_time: bool = False

    @property
    def serves_a_desk(self) -> bool:
        """Whether he has a queue of his own."""
        return bool(self.roles & DESK_ROLES)

    @property
    def is_supervisor(self) -> bool:
        return SUPERVISOR in self.roles

    @property
    def is_administrator(self) -> bool:
        return ADMINISTRATOR in self.roles

    @property
    def is_analyst(self) -> bool:
        return ANALYST in self.roles

    @property
    def is_operator(self) -> bool:
        """Whether he keeps the installation running: incidents and cases of every branch, masked."""
        return bool(self.roles & OPERATORS)

    @property
    def actor(self) -> Actor:
        return Actor("staff", self.id, self.name, self.roles, self.branch_id)


def investor() -> Investor | None:
    """The investor of this request, or nobody."""
    if "investor" not in g:
        session = sessions.find(sessions.INVESTOR)
        g.investor = _investor(session.person_id) if session else None
    found: Investor | None = g.investor
    return found


def staff() -> StaffMember | None:
    """The member of staff of this request, or nobody."""
    if "staff" not in g:
        session = sessions.find(sessions.STAFF)
        g.staff = _staff(session.person_id) if session else None
    found: StaffMember | None = g.staff
    return found


def among_staff() -> bool:
    """Whether this request comes from a colleague's page: who refuses it tells him other people to call."""
    return request.blueprint in STAFF_ROOMS


def current_investor() -> Investor:
    """The investor, in a view that only investors reach."""
    return investor() or _nobody()


def current_staff() -> StaffMember:
    """The member of staff, in a view that only staff reach."""
    return staff() or _nobody()


def person() -> Person:
    """What the account system holds on the signed-in investor."""
    if "person" not in g:
        g.person = house().accounts.person(current_investor().id)
    found: Person = g.person
    return found


def investor_only(view: View) -> View:
    """Nobody is led to sign-in and comes back to this page; what he sent too late is kept for him."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if investor() is None:
            return to_sign_in("signin.again", sessions.INVESTOR, "kept.show")
        return view(*args, **kwargs)

    return guarded  # type: ignore[return-value]


def staff_only(*roles: str) -> Callable[[View], View]:
    """Only staff; with roles, only staff who have one of them."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            member = staff()
            if member is None:
                return to_sign_in("staff.sign_in", sessions.STAFF, "kept.show_staff")
            if member.one_time and request.endpoint not in CHOOSING:
                return redirect(url_for("staff.password"), 303)
            if roles and not member.roles.intersection(roles):
                abort(403)
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return guard


def quiet(view: View) -> View:
    """A view that pages call by themselves: it does not keep a session awake. Stands above the route's other guards."""
    view.is_quiet = True  # type: ignore[attr-defined]
    return view


def my_case(case_id: str) -> Case:
    """A case of the signed-in investor."""
    case = reading().scalars(_CASE, {"case": case_id}).first()
    return case if case and case.customer_id == current_investor().id else _hidden()


def my_task(task_id: str) -> Task:
    """A task, open or closed, that the signed-in investor is or was asked."""
    task = reading().get(Task, task_id)
    if task is None or task.role != INVESTOR_ROLE:
        _hidden()
    my_case(task.case_id)
    return task


def my_photo(photo_id: str) -> Photo:
    """A photograph in a case of the signed-in investor."""
    photo = reading().get(Photo, photo_id)
    if photo is None or photo.removed_at is not None:
        _hidden()
    my_case(photo.case_id)
    return photo


def my_obligation(obligation_id: str) -> Obligation:
    """Something that the signed-in investor has to do, or has done."""
    row = reading().get(Obligation, obligation_id)
    return row if row and row.customer_id == current_investor().id else _hidden()


def desk_task(task_id: str) -> Task:
    """A task of a desk that the member of staff serves, in his branch."""
    task, member = reading().get(Task, task_id), current_staff()
    if task is None or task.role not in member.roles or task.branch_id != member.branch_id:
        _hidden()
    return task


def branch_task(task_id: str) -> Task:
    """A task of any desk, in the branch of a supervisor."""
    task, member = reading().get(Task, task_id), current_staff()
    if SUPERVISOR not in member.roles or task is None:
        _hidden()
    return task if task.role != INVESTOR_ROLE and task.branch_id == member.branch_id else _hidden()


def colleague(staff_id: str) -> Staff:
    """A member of staff, for an administrator."""
    row = reading().get(Staff, staff_id)
    return row if row is not None and current_staff().is_administrator else _hidden()


def desk_photo(photo_id: str) -> Photo:
    """A photograph of a case that the member of staff holds a claim in: one that counts now, or counted in a round."""
    photo = reading().get(Photo, photo_id)
    if photo is None:
        _hidden()
    held_case(photo.case_id)
    return photo if _was_handed_in(photo) else _hidden()


def branch_call(call_id: str) -> VideoCall:
    """A call that is over, in the branch of a supervisor."""
    call, member = reading().get(VideoCall, call_id), current_staff()
    if SUPERVISOR not in member.roles or call is None or call.ended_at is None:
        _hidden()
    return call if reading().get_one(Case, call.case_id).branch_id == member.branch_id else _hidden()


def watched_call(call_id: str) -> VideoCall:
    """A call that is over, of a case that the reader holds a claim in, or in a supervisor's branch."""
    call = reading().get(VideoCall, call_id)
    return call if call and call.ended_at and holds_case(call.case_id) else branch_call(call_id)


def held_case(case_id: str) -> None:
    """404 for all but the holder of a live claim in the case."""
    if not holds_case(case_id):
        _hidden()


def holds_case(case_id: str) -> bool:
    """Whether the reader holds a live claim in the case."""
    member = current_staff()
    theirs = select(Task).where(Task.case_id == case_id, Task.claimed_by == member.id, Task.closed_at.is_(None))
    served = theirs.where(Task.role.in_(member.roles), Task.branch_id == member.branch_id)
    return any(_held(task, member.id) for task in reading().scalars(served))


def operated_case(case_id: str) -> Case:
    """Any case, for an operator: what the page shows of it is masked."""
    case = reading().get(Case, case_id)
    return case if case and current_staff().is_operator else _hidden()


def operated_incident(incident_id: str) -> Incident:
    """Any incident, for an operator."""
    incident = reading().get(Incident, incident_id)
    return incident if incident and current_staff().is_operator else _hidden()


def _was_handed_in(photo: Photo) -> bool:
    """What the customer took and took away again before he handed anything in is not for the desk."""
    counts = photos.latest(reading(), photo.case_id, photo.slot)
    return (counts is not None and counts.id == photo.id) or answers.holds(reading(), vault(), photo.case_id, photo.id)


def _held(task: Task, staff_id: str) -> bool:
    live = task.lease_until is not None and clock().now() < task.lease_until
    return task.closed_at is None and task.claimed_by == staff_id and live


def _investor(customer_id: str) -> Investor | None:
    g.person = house().accounts.person(customer_id)
    return Investor(customer_id, g.person.name, g.person.branch_id)


def _staff(staff_id: str) -> StaffMember | None:
    row = reading().get(Staff, staff_id)
    if row is None or row.locked_at is not None:
        return None
    branch = reading().get(Branch, row.branch_id)
    one_time = row.one_time_until is not None
    place = (branch.name_en if language() == "en" else branch.name) if branch else ""
    return StaffMember(row.id, row.login, row.name, frozenset(row.roles), row.branch_id, place, one_time)


def _hidden() -> NoReturn:
    abort(404)


def _nobody() -> NoReturn:
    abort(401)
