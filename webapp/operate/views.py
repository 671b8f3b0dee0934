"""The room's front door, and what every page of it needs."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue as Page

from engine import audit
from engine.actors import OPERATORS
from engine.incidents import count_open
from engine.tables import Case
from webapp.access import current_staff, staff_only
from webapp.house import clock, look_again, reading, store, vault

blueprint = Blueprint("operate", __name__, url_prefix="/operate")
operators_only = staff_only(*OPERATORS)


@blueprint.get("/")
@operators_only
def home() -> Page:
    return redirect(url_for("operate.incidents"), 303)


@blueprint.app_template_global()
def incidents_open() -> int:
    """How many incidents wait for somebody; the menu of operators says it on every page."""
    return count_open(reading())


def write_down_look(case: Case, page: str) -> None:
    """Who looked at which page of a case, and when, in the audit of the case; no look without its row."""
    who, chain = current_staff().actor.key, audit.case_chain(case.id)
    with store().write() as tx:
        audit.record(tx, vault(), chain, who, "look", {"page": page}, clock().now())
    look_again()
