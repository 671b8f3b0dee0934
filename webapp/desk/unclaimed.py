"""A task that somebody looks at without having claimed it: what may be known of it before."""

from __future__ import annotations

from collections.abc import Mapping

from flask import render_template
from flask.typing import ResponseReturnValue as Page

from engine.tables import Task
from webapp.desk import queue
from webapp.desk.over import over


def unclaimed(found: Task, reason: str = "", errors: Mapping[str, str] | None = None, status: int = 200) -> Page:
    """Its row in large, with the button that claims it, and the reason that was typed."""
    row = queue.row_of(found)
    if row is None:
        return over(found)
    listing = queue.listing(found.id)
    shown = render_template(
        "desk/unclaimed.html", listing=listing, here=found.id, row=row, reason=reason, errors=errors or {}
    )
    return shown, status
