"""What comes after the end of a case: the notice that its end sends."""

from __future__ import annotations

from markupsafe import Markup

from engine.diagrams.told import SMS
from engine.tables import Case
from webapp.house import bundle_of
from webapp.notices import notice


def told_at_end(case: Case) -> dict[str, Markup] | None:
    """The words of that notice, as the customer also got them by text; None when nothing is sent there."""
    bundle = bundle_of(case)
    end = bundle.drawing.elements.get((bundle.business.process, case.end_id or ""))
    name = end.properties.get(SMS) if end is not None and case.ended_at is not None else None
    return None if name is None else notice(bundle, name, case.number or "")
