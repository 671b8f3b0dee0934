"""Answers as lines to be read: by the customer before he signs them, by a desk beside what is on file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.accounts import Person
from engine.bundles import Bundle
from forms.document import Component
from forms.rules import masking
from webapp.house import form_of, house, say
from webapp.language import grouped
from webapp.language import words as _
from webapp.steps import knowing

SHOWN_ELSEWHERE = frozenset(
    {
        "photo",
        "agreements",
        "certificate",
        "install_certificate",
        "photo_review",
        "notice",
        "document",
        "device_check",
        "device_state",
        "device_choice",
        "video_choice",
        "appointment",
        "appointment_choice",
    }
)


@dataclass(frozen=True)
class Line:
    """One answer. `on_file` is what the account system holds, when it differs."""

    label: str
    value: str
    on_file: str = ""


@dataclass(frozen=True)
class Section:
    """The answers of one step."""

    step: str
    name: str
    lines: list[Line]


@dataclass(frozen=True)
class Answered:
    """The answers of one customer; numbers that name a person or a card are masked unless they were revealed.

    Photographs are named only where they are not shown beside.
    """

    bundle: Bundle
    person: Person
    revealed: bool = False
    names_photos: bool = False

    def sections(self, given: Mapping[str, Mapping[str, Any]]) -> list[Section]:
        """A section for each step that has something to be read, in the order of the business."""
        order = [name for one in self.bundle.business.milestones for name in one.steps]
        steps = sorted(given.keys() & set(order), key=order.index)
        return [section for step in steps if (section := self._section(step, given[step])).lines]

    def _section(self, id: str, given: Mapping[str, Any]) -> Section:
        step = self.bundle.step(id)
        form = form_of(self.bundle, step.form)
        lines = [line for part in form.fields if part.key in given for line in self._lines(part, given[part.key])]
        return Section(id, say(self.bundle, step.name), lines)

    def _lines(self, part: Component, value: Any) -> list[Line]:
        label = say(self.bundle, part.label)
        if part.widget == "bank_cards":
            return list(self._cards(value))
        if part.widget == "photo" and self.names_photos:
            return [Line(label, _("已上传"))]
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
        if mask == "sex":
            return knowing.shown(part, text)
        hide = knowing.MASKS.get(mask) if not self.revealed else None
        return hide(text) if hide else text

    def _cards(self, value: Mapping[str, Any]) -> Iterator[Line]:
        """The cards that stay, those that go and those that come."""
        filed = {card.id: card for card in house().accounts.cards(self.person.customer_id)}
        gone = [one for one in value["removed"] if one in filed]
        yield from (
            Line(_("保留"), self._card(card.bank, card.number)) for card in filed.values() if card.id not in gone
        )
        yield from (Line(_("删除"), self._card(filed[one].bank, filed[one].number)) for one in gone)
        for row in value["added"]:
            card = self._card(row["bank"], row["number"])
            yield Line(_("新增 %(n)s", n=row["row"]), f"{card} · {row['outlet']}")

    def _card(self, bank: str, number: str) -> str:
        return f"{knowing.bank_name(bank)} {grouped(number) if self.revealed else masking.card(number)}"
