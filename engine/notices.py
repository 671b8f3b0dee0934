"""The words of a text to a phone, from the notices of the business that the case is pinned to."""

from __future__ import annotations

from sqlalchemy.orm import Session

from engine import company
from engine.bundles import Known, bundle_of
from engine.bundles.placeholders import filled
from engine.clock import SHANGHAI
from engine.tables import Appointment, Case

HALVES = {"am": "上午", "pm": "下午"}


class Unsaid(Exception):
    """The business has no such notice, or it has a placeholder that nothing fills. Lint refuses both."""


def text_of(tx: Session, known: Known, case_id: str, notice: str, booking: str = "") -> str:
    """【公司】, the text and what to do. `booking` is the appointment that it speaks of."""
    case = tx.get_one(Case, case_id)
    bundle, firm = bundle_of(tx, case.bundle_hash, known), company.load(tx)
    said = bundle.notices.get(notice)
    if said is None:
        raise Unsaid(f"the business has no notice {notice!r}")
    words = {"company": firm.name, "hotline": firm.hotline, "business": bundle.business.name}
    words |= {"number": case.number or "", **(_of_booking(tx, booking) if booking else {})}
    try:
        return filled(f"【{firm.name}】{said.get('text', '')}{said.get('action', '')}", words)
    except KeyError as unknown:
        raise Unsaid(f"unknown placeholder in the notice {notice!r}: {unknown}") from None


def _of_booking(tx: Session, id: str) -> dict[str, str]:
    row = tx.get_one(Appointment, id)
    start, end = row.starts_at.astimezone(SHANGHAI), row.ends_at.astimezone(SHANGHAI)
    return {"day": row.day.isoformat(), "half": HALVES[row.half], "hours": f"{start:%H:%M}-{end:%H:%M}"}
