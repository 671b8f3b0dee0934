"""What a case holds for the eye of a desk: answers, photographs, consents, signatures, history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from engine.accounts import Person
from engine.bundles import Bundle
from engine.cases import answers
from engine.tables import Case, Consent, Photo
from forms.document import Component, Form
from webapp.access import INVESTOR_ROLE
from webapp.desk.history import Event, history
from webapp.desk.signatures import Signed, signatures
from webapp.house import bundle_of, company, house, reading, say, vault
from webapp.language import language
from webapp.language import words as _
from webapp.steps import knowing, pictures
from webapp.steps.answered import Answered, Line, Section


@dataclass(frozen=True)
class Slot:
    """A photograph with the label of its field; `older` ones lay in the slot before."""

    label: str
    picture: pictures.Picture
    older: int


class Papers:
    """Everything of one case; numbers that name a person or a card are masked unless they were revealed."""

    def __init__(self, case: Case, revealed: bool) -> None:
        self.case, self.bundle, self.revealed = case, bundle_of(case), revealed
        self.person = house().accounts.person(case.customer_id)

    @property
    def sections(self) -> list[Section]:
        """The answers of every step of the customer, of its latest round."""
        steps = [step.id for step in self.bundle.steps if step.role == INVESTOR_ROLE]
        found = {step: answers.latest(reading(), vault(), self.case.id, step) for step in steps}
        given = {step: answered for step, answered in found.items() if answered}
        return Answered(self.bundle, self.person, self.revealed).sections(given)

    @property
    def slots(self) -> list[Slot]:
        """In the order in which the forms ask for them, the cards in the order of their rows."""
        labels = dict(_photo_fields(self.bundle))
        order = list(labels)
        held = sorted(pictures.held(self.case.id).items(), key=lambda one: _place(one[0], order))
        return [self._slot(slot, photo, labels) for slot, photo in held]

    @property
    def signatures(self) -> list[Signed]:
        return signatures(self.case, self.bundle)

    @property
    def consents(self) -> list[tuple[str, datetime]]:
        rows = reading().scalars(select(Consent).where(Consent.case_id == self.case.id).order_by(Consent.at))
        labels = {part.properties.get("consent"): part.label for form in _forms(self.bundle) for part in form.fields}
        return [(say(self.bundle, labels.get(row.document, row.document)), row.at) for row in rows]

    @property
    def history(self) -> list[Event]:
        return history(self.case, self.bundle)

    def _slot(self, slot: str, photo: Photo, labels: Mapping[str, str]) -> Slot:
        name, colon, row = slot.partition(":")
        label = say(self.bundle, labels.get(name, slot)) + (f" {row}" if colon else "")
        older = select(func.count()).where(Photo.case_id == self.case.id, Photo.slot == slot, Photo.id != photo.id)
        return Slot(label, pictures.picture(photo, "desk.photo"), reading().scalar(older) or 0)


def _place(slot: str, order: list[str]) -> tuple[int, int]:
    name, _colon, row = slot.partition(":")
    return order.index(name) if name in order else len(order), int(row) if row.isdigit() else 0


def _photo_fields(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Slot and label of every photograph that the forms ask for, in the order of the business."""
    for form in _forms(bundle):
        parts: tuple[Component, ...] = tuple(one for part in form.components for one in (part, *part.components))
        yield from ((part.properties["slot"], part.label) for part in parts if part.widget == "photo")


def _forms(bundle: Bundle) -> list[Form]:
    """Each form once, in the order in which the business comes to its steps."""
    order = [step for one in bundle.business.milestones for step in one.steps]
    keys = dict.fromkeys(bundle.step(step).form for step in order)
    return [Form.parse(bundle.forms[key], key) for key in keys if key in bundle.forms]


def account_lines(person: Person) -> list[Line]:
    """Who the customer is, in the words that a desk may always see."""
    branch = knowing.branch_name(person.branch_id)
    return [
        Line(_("客户"), person.name),
        Line(_("营业部"), branch),
        Line(_("账户类型"), company().say(person.account_type, language())),
    ]
