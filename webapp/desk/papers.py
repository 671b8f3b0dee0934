"""What a case holds for the eye of a desk: answers beside what is on file, photographs, signature, history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine.accounts import Person
from engine.bundles import Bundle
from engine.cases import answers
from engine.pki import CertificateProblem, check_signature
from engine.tables import Case, Consent, Photo, Rejection, Signature, Task
from forms.document import Component, Form
from forms.rules import masking
from webapp.access import INVESTOR_ROLE
from webapp.desk.queue import name_of
from webapp.house import bundle_of, company, house, reading, say, vault
from webapp.language import words as _
from webapp.steps import knowing, pictures
from webapp.steps.widgets import headed

SHOWN_ELSEWHERE = frozenset(
    {"photo", "agreements", "certificate", "install_certificate", "photo_review", "notice", "document"}
)


@dataclass(frozen=True)
class Line:
    """One answer. `on_file` is what the account system holds, when it differs."""

    label: str
    value: str
    on_file: str = ""


@dataclass(frozen=True)
class Section:
    """The answers of one step, of its latest round."""

    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Slot:
    """A photograph with the label of its field."""

    label: str
    picture: pictures.Picture
    older: int


@dataclass(frozen=True)
class Signed:
    """A stored signature and whether it still holds; `problem` is a code."""

    at: datetime
    serial: str
    documents: list[str]
    problem: str


@dataclass(frozen=True)
class Event:
    """One closed step of the history, with the reasons that were given there."""

    name: str
    round: int
    at: datetime
    by: str
    how: str
    reasons: list[tuple[str, str, str]]


class Papers:
    """Everything of one case; numbers that name a person or a card are masked unless they were revealed."""

    def __init__(self, case: Case, revealed: bool) -> None:
        self.case, self.bundle, self.revealed = case, bundle_of(case), revealed
        self.person = house().accounts.person(case.customer_id)

    @property
    def sections(self) -> list[Section]:
        order = [name for one in self.bundle.business.milestones for name in one.steps]
        steps = sorted(
            (step for step in self.bundle.steps if step.role == INVESTOR_ROLE and step.id in order),
            key=lambda step: order.index(step.id),
        )
        found = ((step, answers.latest(reading(), vault(), self.case.id, step.id)) for step in steps)
        made = (self._section(step.name, step.form, given) for step, given in found if given)
        return [section for section in made if section.lines]

    @property
    def slots(self) -> list[Slot]:
        labels = _slot_labels(self.bundle)
        held = pictures.held(self.case.id)
        return [self._slot(slot, photo, labels) for slot, photo in sorted(held.items())]

    @property
    def signatures(self) -> list[Signed]:
        rows = reading().scalars(
            select(Signature).where(Signature.case_id == self.case.id).order_by(Signature.at.desc())
        )
        return [self._signed(row) for row in rows]

    @property
    def consents(self) -> list[tuple[str, datetime]]:
        rows = reading().scalars(select(Consent).where(Consent.case_id == self.case.id).order_by(Consent.at))
        labels = {part.properties.get("consent"): part.label for form in self._forms() for part in form.fields}
        return [(say(self.bundle, labels.get(row.document, row.document)), row.at) for row in rows]

    @property
    def history(self) -> list[Event]:
        closed = select(Task).where(Task.case_id == self.case.id, Task.closed_at.is_not(None)).order_by(Task.closed_at)
        return [self._event(task) for task in reading().scalars(closed)]

    def _forms(self) -> list[Form]:
        return [Form.parse(raw, key) for key, raw in self.bundle.forms.items()]

    def _title(self, path: str) -> str:
        return headed(self.bundle.document(path).decode())[0] or path

    def _section(self, name: str, form_key: str, given: Mapping[str, Any]) -> Section:
        form = Form.parse(self.bundle.forms[form_key], form_key)
        lines = [line for part in form.fields if part.key in given for line in self._lines(part, given[part.key])]
        return Section(say(self.bundle, name), lines)

    def _lines(self, part: Component, value: Any) -> list[Line]:
        label = say(self.bundle, part.label)
        if part.widget == "bank_cards":
            return self._cards(value)
        if part.widget in SHOWN_ELSEWHERE:
            return []
        if isinstance(value, bool):
            return [Line(label, _("是") if value else _("否"))]
        options = {option.value: say(self.bundle, option.label) for option in part.options}
        text = options.get(str(value), str(value))
        on_file = knowing.SOURCES[part.properties["prefill"]](self.person) if part.properties.get("prefill") else ""
        return [Line(label, self._masked(part, text), on_file if on_file != text else "")]

    def _masked(self, part: Component, text: str) -> str:
        mask = part.properties.get("mask") or part.properties.get("source", "").removeprefix("person.")
        hide = knowing.MASKS.get(mask) if not self.revealed else None
        return hide(text) if hide else text

    def _cards(self, value: Mapping[str, Any]) -> list[Line]:
        filed = {card.id: card for card in house().accounts.cards(self.case.customer_id)}
        gone = [
            Line(_("删除"), self._card(filed[one].bank, filed[one].number)) for one in value["removed"] if one in filed
        ]
        new = [
            Line(_("新增 %(n)s", n=row["row"]), f"{self._card(row['bank'], row['number'])} · {row['outlet']}")
            for row in value["added"]
        ]
        kept = [
            Line(_("保留"), self._card(card.bank, card.number))
            for card in filed.values()
            if card.id not in value["removed"]
        ]
        return kept + gone + new

    def _card(self, bank: str, number: str) -> str:
        return f"{knowing.bank_name(bank)} {number if self.revealed else masking.card(number)}"

    def _slot(self, slot: str, photo: Photo, labels: Mapping[str, str]) -> Slot:
        name, colon, row = slot.partition(":")
        label = say(self.bundle, labels.get(name, slot)) + (f" {row}" if colon else "")
        older = select(Photo.id).where(Photo.case_id == self.case.id, Photo.slot == slot, Photo.at < photo.at)
        return Slot(label, pictures.picture(photo, "desk.photo"), len(list(reading().scalars(older))))

    def _signed(self, row: Signature) -> Signed:
        problem, authority = "", house().authority
        try:
            if authority is None:
                raise CertificateProblem("not_ours")
            check_signature(reading(), vault(), authority, row.id)
        except CertificateProblem as wrong:
            problem = wrong.code
        return Signed(row.at, row.serial, [self._title(each["path"]) for each in row.documents], problem)

    def _event(self, task: Task) -> Event:
        assert task.closed_at is not None
        name = say(self.bundle, self.bundle.step(task.step).name)
        by = _("客户") if task.role == INVESTOR_ROLE else name_of(task.closed_by)
        told = select(Rejection).where(Rejection.task_id == task.id).order_by(Rejection.at)
        reasons = [self._reason(row) for row in reading().scalars(told)]
        return Event(name, task.round, task.closed_at, by, task.closed_how or "", reasons)

    def _reason(self, row: Rejection) -> tuple[str, str, str]:
        known = {reason.code: reason.text for reason in self.bundle.reasons}
        texts = (
            vault().open("rejections.customer_text", row.customer_text),
            vault().open("rejections.internal_note", row.internal_note),
        )
        return say(self.bundle, known.get(row.reason, row.reason)), *texts


def _slot_labels(bundle: Bundle) -> dict[str, str]:
    parts = [part for form in bundle.forms.values() for part in form["components"]]
    inner = [one for part in parts for one in part.get("components", [])]
    photo = (part for part in (*parts, *inner) if part.get("properties", {}).get("widget") == "photo")
    return {part["properties"]["slot"]: part["label"] for part in photo}


def account_lines(person: Person) -> list[Line]:
    """Who the customer is, in the words that a desk may always see."""
    branch = knowing.branch_name(person.branch_id)
    return [
        Line(_("客户"), person.name),
        Line(_("营业部"), branch),
        Line(_("账户类型"), company().say(person.account_type, "zh")),
    ]
