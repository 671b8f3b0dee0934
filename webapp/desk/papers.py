"""What a case holds for the eye of a desk: answers, photographs, consents, signatures, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select

from engine import device_checks
from engine.accounts import Person
from engine.cases import answers
from engine.tables import Case, Consent, DeviceCheck
from webapp.access import INVESTOR_ROLE
from webapp.desk.application import Unmade, unmade
from webapp.desk.asking import forms, order
from webapp.desk.comments import Comment, comments_of
from webapp.desk.comparing import Comparison
from webapp.desk.history import Event, history
from webapp.desk.rounds import Change, Rounds
from webapp.desk.signatures import Signed, signatures
from webapp.desk.slots import Slot, Slots
from webapp.desk.talks import Talk, talks
from webapp.devices.words import Result, results
from webapp.house import bundle_of, company, house, reading, say, vault
from webapp.language import language
from webapp.language import words as _
from webapp.steps import knowing
from webapp.steps.answered import Answered, Line, Section


@dataclass(frozen=True)
class Group:
    """What is compared: data of one step, beside the photographs that were asked for up to it."""

    name: str
    slots: list[Slot]
    lines: list[Line]


class Papers:
    """Everything of one case; numbers that name a person or a card are masked unless they were revealed."""

    def __init__(self, case: Case, revealed: bool) -> None:
        self.case, self.bundle, self.revealed = case, bundle_of(case), revealed
        self.person = house().accounts.person(case.customer_id)

    @property
    def groups(self) -> list[Group]:
        """In the order of the business; photographs that no data follows stand by themselves."""
        sections = {section.step: section for section in self._sections()}
        waiting, groups = self._slots(), []
        for place, step in enumerate(order(self.bundle)):
            if section := sections.get(step):
                groups.append(Group(section.name, [one for one in waiting if one.place <= place], section.lines))
                waiting = [one for one in waiting if one.place > place]
        return [*groups, Group(_("照片"), waiting, [])] if waiting else groups

    def _sections(self) -> list[Section]:
        return Answered(self.bundle, self.person, self.revealed).sections(self._given)

    def _slots(self) -> list[Slot]:
        comparison = Comparison(self.bundle, self.person, self._given, self.revealed)
        return Slots(self.case, self.bundle, comparison).all()

    @cached_property
    def _given(self) -> dict[str, dict[str, Any]]:
        """The answers of every step of the customer, of its latest round."""
        steps = [step.id for step in self.bundle.steps if step.role == INVESTOR_ROLE]
        found = {step: answers.latest(reading(), vault(), self.case.id, step) for step in steps}
        return {step: answered for step, answered in found.items() if answered}

    @property
    def signatures(self) -> list[Signed]:
        return signatures(self.case, self.bundle)

    @property
    def consents(self) -> list[tuple[str, datetime]]:
        rows = reading().scalars(select(Consent).where(Consent.case_id == self.case.id).order_by(Consent.at))
        parts = (part for _place, _step, form in forms(self.bundle) for part in form.fields)
        labels = {part.properties.get("consent"): part.label for part in parts}
        return [(say(self.bundle, labels.get(row.document, row.document)), row.at) for row in rows]

    @property
    def changes(self) -> list[Change]:
        """What was answered again, beside what had been answered before."""
        return Rounds(self.case, self.bundle, self.person, self.revealed).changes()

    @property
    def unmade(self) -> Unmade | None:
        """The change that the account system did not make, with why."""
        return unmade(self.case)

    @property
    def device_checks(self) -> list[tuple[DeviceCheck, list[Result]]]:
        """Every check of the customer's devices with what was wrong, the newest first."""
        rows = device_checks.of_case(reading(), self.case.id)
        return [(row, [one for one in results(row) if one.wrong]) for row in rows]

    @property
    def talks(self) -> list[Talk]:
        return talks(self.case, self.bundle)

    @property
    def comments(self) -> list[Comment]:
        return comments_of(self.case, self.bundle)

    @property
    def history(self) -> list[Event]:
        return history(self.case, self.bundle)


def account_lines(person: Person) -> list[Line]:
    """Who the customer is, in the words that a desk may always see."""
    branch = knowing.branch_name(person.branch_id)
    return [
        Line(_("客户"), person.name),
        Line(_("营业部"), branch),
        Line(_("账户类型"), company().say(person.account_type, language())),
    ]
