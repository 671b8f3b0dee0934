"""For each card that the customer adds: whether he links it at its bank, or the bank does so by itself (G17)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.cases import answers
from forms.rules import masking
from webapp.house import company, form_of, reading, vault
from webapp.steps.asked import Asked
from webapp.steps.knowing import bank_name

WIDGET = "bank_cards"


@dataclass(frozen=True)
class BankLink:
    """`by_itself`: the bank's record says that nobody need go there."""

    bank: str
    card: str
    by_itself: bool


def bank_links(asked: Asked) -> list[BankLink]:
    """One for each new card that was accepted last, in the order in which they were added."""
    return [_link(row["bank"], row["number"]) for step, key in _lists(asked) for row in _added(asked, step, key)]


def _lists(asked: Asked) -> Iterator[tuple[str, str]]:
    """The steps that ask for cards, with the key of the field that does."""
    for step in asked.bundle.steps:
        for part in form_of(asked.bundle, step.form).fields:
            if part.widget == WIDGET:
                yield step.id, part.key


def _added(asked: Asked, step: str, key: str) -> list[dict[str, str]]:
    given = answers.latest(reading(), vault(), asked.case.id, step) or {}
    rows: list[dict[str, str]] = given.get(key, {}).get("added", [])
    return rows


def _link(code: str, number: str) -> BankLink:
    bank = company().bank(code)
    return BankLink(bank_name(code), masking.card(number), bool(bank and bank.auto_link))
