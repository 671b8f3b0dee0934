"""The rules by name, as a form's `properties.rule` calls them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from forms.rules import bank_card, id_number, name, outlet, phone, validity
from forms.rules.bank_card import Bin
from forms.rules.verdict import Verdict


@dataclass(frozen=True)
class About:
    """What a rule may need to know beside the text; what is unknown is not checked."""

    today: date
    birth: date | None = None
    bank: str | None = None
    bins: Sequence[Bin] = ()


def apply(rule: str, text: str, about: About) -> Verdict[str]:
    """Judge a text by the rule of this name; raises KeyError for a name that is none."""
    return RULES[rule](text, about)


def _id_number(text: str, about: About) -> Verdict[str]:
    verdict = id_number.check(text, about.today)
    return Verdict(verdict.value.number if verdict.value else None, verdict.problems)


def _validity(text: str, about: About) -> Verdict[str]:
    verdict = validity.read(text)
    if verdict.value is not None and about.birth is not None:
        verdict = validity.check(verdict.value, about.birth, about.today)
    return Verdict(str(verdict.value) if verdict.value else None, verdict.problems)


RULES: Mapping[str, Callable[[str, About], Verdict[str]]] = MappingProxyType(
    {
        "id_number": _id_number,
        "bank_card": lambda text, about: bank_card.check(text, about.bank, about.bins),
        "name": lambda text, about: name.check(text),
        "phone": lambda text, about: phone.check(text),
        "validity": _validity,
        "outlet": lambda text, about: outlet.check(text),
    }
)
