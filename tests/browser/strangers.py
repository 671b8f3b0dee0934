"""Customers whom nobody else knows: each test takes one of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cli.demonstration.people import INVESTORS, SampleCard, SampleInvestor
from cli.demonstration.pictures import CARD, path_of
from cli.demonstration.screens.investor import NewCard
from workers.specimens.numbers import specimen_card_number, specimen_id_number

PATTERN = INVESTORS[0]


@dataclass(frozen=True)
class Someone:
    """A customer on file, and what he holds in his hands: photographs of papers that are nobody's."""

    file: SampleInvestor
    customer_id: str

    @property
    def new_card(self) -> NewCard:
        card = self.file.new_card
        return NewCard(card.bank, card.outlet, card.number, path_of(PATTERN, CARD))

    def photo(self, slot: str) -> Path:
        return path_of(PATTERN, slot)


def newcomer(order: int) -> SampleInvestor:
    """A person made up from his order: number of an unlisted county, one card at one bank, another card at hand."""
    born = date(1970 + order % 30, 1 + order % 12, 1 + order % 28)
    return replace(
        PATTERN,
        key=f"newcomer{order}",
        name=f"样本{'甲乙丙丁戊己庚辛壬癸'[order % 10]}{'子丑寅卯辰巳午未申酉戌亥'[order % 12]}",
        id_number=specimen_id_number(born, 100 + order),
        phone=f"139{order:08d}",
        on_file=(SampleCard("ICBC", "样例市和平路支行", specimen_card_number("622202", order)),),
        new_card=SampleCard("CCB", "样例市中山路支行", specimen_card_number("621700", order)),
    )
