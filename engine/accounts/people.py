"""What the account system says of a person, and what one asks it to change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Sex = Literal["male", "female"]

Refusal = Literal[
    "customer_unknown",
    "no_change",
    "card_unknown",  # a card to be removed is not on file
    "card_linked",  # 银期关联 still stands, and the customer did not say that he ended it
    "card_on_file",  # a card to be added is on file already
    "bank_unknown",  # not on the company's list
    "same_bank",  # two cards of one bank on the resulting list
    "no_card_left",
    "key_reused",  # this key stands for another change
    "withdrawn",  # the application was taken back before it came
]


@dataclass(frozen=True)
class Person:
    """A customer as he is on file."""

    customer_id: str
    name: str
    id_number: str
    phone: str
    address: str
    issuer: str
    id_valid_from: date | None
    id_valid_until: date | None
    id_long_term: bool
    account_number: str
    account_type: str
    branch_id: str

    @property
    def birth(self) -> date:
        """The day of birth that the ID number tells (GB 11643)."""
        return date.fromisoformat(self.id_number[6:14])

    @property
    def sex(self) -> Sex:
        """The sex that the ID number tells: an odd sequence is a man's."""
        return "male" if int(self.id_number[16]) % 2 else "female"


@dataclass(frozen=True)
class CardOnFile:
    """A card of the settlement account. `linked`: 银期关联 stands, as far as the account system knows."""

    id: str
    bank: str
    outlet: str
    number: str
    linked: bool


@dataclass(frozen=True)
class NewCard:
    """A card to be added."""

    bank: str
    outlet: str
    number: str


@dataclass(frozen=True)
class ToldCard:
    """A card as a file or the company's account system tells it: linked for 银期 or not."""

    card: NewCard
    linked: bool


@dataclass(frozen=True)
class Change:
    """Cards to be removed, by id, and added. `unlinked`: those of which the customer says 已在银行解除银期关联."""

    removed: tuple[str, ...] = ()
    added: tuple[NewCard, ...] = ()
    unlinked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Applied:
    """The change was made, now or when the key was used first."""

    at: datetime


@dataclass(frozen=True)
class RefusedChange:
    """Nothing was changed; the code says why: a `Refusal`, or a word of the company's own account system."""

    code: str


@dataclass(frozen=True)
class ObligationOnFile:
    """Something that the customer has still to sign."""

    id: str
    business: str
    forced: bool
    created_at: datetime
