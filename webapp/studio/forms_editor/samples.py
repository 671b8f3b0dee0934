"""What the widgets of a preview show in place of a customer: samples of nobody, and the texts of the draft itself."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bundles import Bundle
from engine.tables import Case, Task
from forms.context import Context, Question, Reason
from forms.document import BadForm, Component, Form, Option
from forms.specimens import PERSON, RULED
from webapp.access import current_staff
from webapp.desk import choices
from webapp.house import clock, say
from webapp.language import words as _
from webapp.notices import notice
from webapp.steps import knowing
from webapp.steps.asked import Asked
from webapp.steps.bank_links import BankLink
from webapp.steps.fields import Drawing
from webapp.steps.widgets import Extra, Extras, document

NOBODY = "preview"


def asked_of_nobody(bundle: Bundle) -> Asked:
    """A step of a case that is in no table."""
    case = Case(id=NOBODY, customer_id=NOBODY, branch_id=current_staff().branch_id)
    return Asked(case, bundle, Task(id=NOBODY, case_id=NOBODY, step=NOBODY, round=1))


def context_of(bundle: Bundle, desks: frozenset[str]) -> Context:
    """What the choices of a form are made of; `desks` are the steps that show it, whose reasons are offered."""
    mine = (one for one in bundle.reasons if not desks or desks & set(one.desks))
    drawn = bundle.questions.drawn(NOBODY) if bundle.questions else ()
    return Context(
        today=clock().now().date(),
        choices={"banks": knowing.banks()},
        documents={"business.agreements": agreements(bundle)},
        reasons=tuple(Reason(one.code, one.text, one.customer_text, one.field, one.step, one.final) for one in mine),
        questions=tuple(Question(one.code, one.text, one.answer) for one in drawn),
    )


def agreements(bundle: Bundle) -> tuple[str, ...]:
    folders = (f"processes/{bundle.business.id}/agreements/", "processes/shared/agreements/")
    return tuple(path for path in sorted(bundle.files) if path.startswith(folders) and not path.endswith(".en.md"))


class Samples(Extras):
    """The widgets of a preview. What a form lacks is empty here: the findings beside it say what is missing."""

    def __call__(self, drawing: Drawing, part: Component, name: str) -> Extra:
        if part.widget == "reject_reasons":
            return {"reasons": choices.reasons(self.asked.bundle, drawing, part)}
        if part.widget == "knowledge_questions":
            return {"questions": choices.questions(drawing, part)}
        return super().__call__(drawing, part, name)

    def _fills(self, key: str, row: str) -> dict[str, str]:
        return {}

    def _photo_review(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"slots": [self.named_slot(slot) for slot in part.names("slots")]}

    def named_slot(self, slot: str) -> dict[str, object]:
        return {**self.slot(slot, "id1"), "label": say(self.asked.bundle, _slots(self.asked.bundle).get(slot, slot))}

    def _fixed(self, drawing: Drawing, part: Component, name: str) -> Extra:
        source = part.properties.get("source", "")
        if source == "person.branch":
            return {"shown": knowing.branch_name(self.asked.case.branch_id)}
        return {"shown": knowing.shown(part, PERSON.get(source, ""))}

    def _document(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return _text(self.asked.bundle, part.properties.get("document", ""))

    def _notice(self, drawing: Drawing, part: Component, name: str) -> Extra:
        code = part.properties.get("notice", "")
        if code not in self.asked.bundle.notices:
            return {"title": code, "text": _("草稿里没有这段文字。")}
        return notice(self.asked.bundle, code)

    def _bank_links(self, drawing: Drawing, part: Component, name: str) -> Extra:
        said = [BankLink(one.label, "6200 **** 0000", by_itself) for one, by_itself in _two_banks()]
        return {"links": said}

    def _agreements(self, drawing: Drawing, part: Component, name: str) -> Extra:
        texts = [_text(self.asked.bundle, path) for path in drawing.context.agreements(part)]
        return {"documents": texts, "summary": [], "again": False}

    def _certificate(self, drawing: Drawing, part: Component, name: str) -> Extra:
        return {"elsewhere": None, "offered": True}

    _install_certificate = _certificate

    def _bank_cards(self, drawing: Drawing, part: Component, name: str) -> Extra:
        bank = next((one.label for one, _linked in _two_banks()), "")
        card = {"id": NOBODY, "bank": bank, "outlet": RULED["outlet"], "number": "6200 **** 0000", "linked": True}
        return {"on_file": [card], "added": [{"row": "1", "fields": drawing.row(part, "1", {})}], "next": "2"}


def _two_banks() -> list[tuple[Option, bool]]:
    return list(zip(knowing.banks(), (True, False), strict=False))


def _text(bundle: Bundle, path: str) -> Mapping[str, object]:
    try:
        return document(bundle, path)
    except (KeyError, UnicodeDecodeError):
        return {"path": path, "title": path, "text": _("草稿里没有这段文字。"), "english": ""}


def _slots(bundle: Bundle) -> dict[str, str]:
    """What a photograph is called, by its slot, in whichever form takes it."""
    found: dict[str, str] = {}
    for key, raw in bundle.forms.items():
        try:
            fields = Form.parse(raw, key).fields
        except BadForm:
            continue
        found |= {part.properties["slot"]: part.label for part in fields if part.properties.get("slot")}
    return found
