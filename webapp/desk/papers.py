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
from forms.document import Form
from webapp.access import INVESTOR_ROLE
from webapp.desk.application import Unmade, unmade
from webapp.desk.comments import Comment, comments_of
from webapp.desk.history import Event, history
from webapp.desk.rounds import Change, Rounds
from webapp.desk.signatures import Signed, signatures
from webapp.house import bundle_of, company, form_of, house, reading, say, vault
from webapp.language import language
from webapp.language import words as _
from webapp.steps import knowing, pictures
from webapp.steps.answered import Answered, Line, Section

LAST = 10_000
"""The place of a photograph that no step asks for."""


@dataclass(frozen=True)
class Group:
    """What is compared: data of one step, beside the photographs that were asked for up to it."""

    name: str
    slots: list[Slot]
    lines: list[Line]


@dataclass(frozen=True)
class Slot:
    """A photograph with the label of its field; `older` ones lay in the slot before. `place` of the step that asks."""

    label: str
    picture: pictures.Picture
    older: int
    place: int


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
        for place, step in enumerate(_order(self.bundle)):
            if section := sections.get(step):
                groups.append(Group(section.name, [one for one in waiting if one.place <= place], section.lines))
                waiting = [one for one in waiting if one.place > place]
        return [*groups, Group(_("照片"), waiting, [])] if waiting else groups

    def _sections(self) -> list[Section]:
        """The answers of every step of the customer, of its latest round."""
        steps = [step.id for step in self.bundle.steps if step.role == INVESTOR_ROLE]
        found = {step: answers.latest(reading(), vault(), self.case.id, step) for step in steps}
        given = {step: answered for step, answered in found.items() if answered}
        return Answered(self.bundle, self.person, self.revealed).sections(given)

    def _slots(self) -> list[Slot]:
        """In the order in which the forms ask for them, the cards in the order of their rows."""
        asked = _photo_fields(self.bundle)
        order = list(asked)
        held = sorted(pictures.held(self.case.id).items(), key=lambda one: _place(one[0], order))
        return [self._slot(slot, photo, asked) for slot, photo in held]

    @property
    def signatures(self) -> list[Signed]:
        return signatures(self.case, self.bundle)

    @property
    def consents(self) -> list[tuple[str, datetime]]:
        rows = reading().scalars(select(Consent).where(Consent.case_id == self.case.id).order_by(Consent.at))
        parts = (part for _at, form in _forms(self.bundle) for part in form.fields)
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
    def comments(self) -> list[Comment]:
        return comments_of(self.case, self.bundle)

    @property
    def history(self) -> list[Event]:
        return history(self.case, self.bundle)

    def _slot(self, slot: str, photo: Photo, asked: Mapping[str, tuple[int, str]]) -> Slot:
        name, colon, row = slot.partition(":")
        place, label = asked.get(name, (LAST, slot))
        older = select(func.count()).where(Photo.case_id == self.case.id, Photo.slot == slot, Photo.id != photo.id)
        named = say(self.bundle, label) + (f" {row}" if colon else "")
        return Slot(named, pictures.picture(photo, "desk.photo"), reading().scalar(older) or 0, place)


def _place(slot: str, order: list[str]) -> tuple[int, int]:
    name, _colon, row = slot.partition(":")
    return order.index(name) if name in order else len(order), int(row) if row.isdigit() else 0


def _photo_fields(bundle: Bundle) -> dict[str, tuple[int, str]]:
    """Slot -> place of the step that asks for the photograph, and label; in the order of the business."""
    found: dict[str, tuple[int, str]] = {}
    for place, form in _forms(bundle):
        for part in (inner for outer in form.components for inner in (outer, *outer.components)):
            if part.widget == "photo":
                found.setdefault(part.properties["slot"], (place, part.label))
    return found


def _forms(bundle: Bundle) -> Iterator[tuple[int, Form]]:
    """The form of each step with the step's place in the business."""
    for place, step in enumerate(_order(bundle)):
        key = bundle.step(step).form
        if key in bundle.forms:
            yield place, form_of(bundle, key)


def _order(bundle: Bundle) -> list[str]:
    """The steps in the order in which the business comes to them."""
    return [step for one in bundle.business.milestones for step in one.steps]


def account_lines(person: Person) -> list[Line]:
    """Who the customer is, in the words that a desk may always see."""
    branch = knowing.branch_name(person.branch_id)
    return [
        Line(_("客户"), person.name),
        Line(_("营业部"), branch),
        Line(_("账户类型"), company().say(person.account_type, language())),
    ]
