"""May this person start this business now? A decision table of the bundle says so, before a case exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from engine.accounts import Person
from engine.bundles import Bundle
from engine.tables import Case, Obligation
from forms.rules.id_number import age_on
from webapp.house import clock, company, house, reading
from webapp.language import words as _
from webapp.notices import notice

ANYBODY: Mapping[str, object] = {"age": 30, "id_valid": True}
"""Who is not known yet is taken for somebody against whom nothing speaks: what is said is then said to everybody."""


@dataclass(frozen=True)
class Notice:
    """A refusal in the words of the bundle."""

    code: str
    title: str
    text: str
    action: str

    @property
    def sentence(self) -> str:
        """The whole in one line, for a page that says more beside it."""
        return _("%(title)s。%(text)s", title=self.title, text=self.text)


def refusal(bundle: Bundle, person: Person | None) -> Notice | None:
    """The refusal, if any. Asked without a person, it tells what would be said to anybody (the hours)."""
    return _notice(bundle, _decide(bundle, facts(bundle, person)))


def solved_at_home(bundle: Bundle, person: Person) -> bool:
    """Whether the refusal would go away once the person has put 我的业务 in order."""
    tidy = {**facts(bundle, person), "pending": {"business": False}, "obligation": {"forced": False}}
    return _decide(bundle, tidy) is None


def facts(bundle: Bundle, person: Person | None) -> dict[str, object]:
    """The facts that the tables of eligibility may ask for; none of them is stored."""
    now = clock().now()
    return {
        "person": _person_facts(person, now.date()),
        "hours": {"open": house().demonstration is not None or company().calendars.self_service.is_open(now)},
        "pending": {"business": person is not None and pending_case(person.customer_id) is not None},
        "obligation": {"forced": person is not None and forced_obligation(person.customer_id, bundle.business.id)},
    }


def pending_case(customer_id: str) -> Case | None:
    """The customer's started case that blocks the start of others."""
    open_ones = select(Case).where(
        Case.customer_id == customer_id, Case.exclusive, Case.started_at.is_not(None), Case.ended_at.is_(None)
    )
    return reading().scalars(open_ones).first()


def forced_obligation(customer_id: str, business: str) -> bool:
    """Whether something must be signed before another business may start."""
    forced = select(Obligation.id).where(
        Obligation.customer_id == customer_id,
        Obligation.forced,
        Obligation.done_at.is_(None),
        Obligation.business != business,
    )
    return reading().scalars(forced).first() is not None


def _person_facts(person: Person | None, today: date) -> Mapping[str, object]:
    if person is None:
        return ANYBODY
    return {"age": age_on(person.birth, today), "id_valid": id_valid(person, today)}


def id_valid(person: Person, today: date) -> bool:
    """The last day still counts."""
    return person.id_long_term or (person.id_valid_until is not None and today <= person.id_valid_until)


def _decide(bundle: Bundle, given: Mapping[str, object]) -> str | None:
    answer = bundle.decisions[bundle.business.eligibility].decide(given)
    code = next(iter(answer.values()), None) if isinstance(answer, dict) else None
    return str(code) if code else None


def _notice(bundle: Bundle, code: str | None) -> Notice | None:
    if code is None:
        return None
    words = notice(bundle, code)
    return Notice(code, *(words.get(part, "") for part in ("title", "text", "action")))
