"""What a page says of an impact: what it came to when it was last tried, how far a trial is, or that one broke off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import make_response, render_template
from flask.typing import ResponseReturnValue as Page

from engine.bundles import Bundle
from engine.migration import Order
from engine.migration.kept import impact_in, subject_of
from engine.tables import KeptImpact
from webapp.access import current_staff
from webapp.house import reading, store
from webapp.studio.migration_wish import Wish
from webapp.studio.told_impact import Shown, told_impact
from webapp.studio.trial_look import RunLook, run_look
from webapp.studio.tried_apart import start_impact
from webapp.studio.trying import begun


@dataclass(frozen=True)
class ImpactLook:
    """`shown` is of the moment `at`, when `by` had it tried."""

    run: RunLook | None
    shown: Shown | None
    at: datetime | None
    by: str


def impact_look(target: Bundle, wish: Wish) -> ImpactLook:
    subject = subject_of(wish.order(target.business.id, ""))
    row = reading().get(KeptImpact, subject)
    shown = told_impact(impact_in(row), target, wish) if row else None
    return ImpactLook(run_look(subject), shown, row.at if row else None, row.by if row else "")


def begin_impact(target: Bundle, order: Order) -> None:
    """It begins, or the next page says why not."""
    by = current_staff().actor
    begun(lambda: start_impact(store(), target, order, by))


def progress(order: Order, ask: str, there: str) -> Page:
    """Asked again and again by a page; once the trial is over, the browser looks at the page anew."""
    run = run_look(subject_of(order))
    answer = make_response(render_template("studio/impact_progress.html", run=run, ask=ask, there=there))
    if run is None or not run.alive:
        answer.headers["HX-Redirect"] = there
    return answer
