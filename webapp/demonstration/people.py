"""What a demonstration brings along: sample people and their specimen photographs. An installation has none of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class SamplePerson:
    """Somebody to try the product as. `kind`: investor | staff. `note` and `note_en` say what he shows."""

    key: str
    kind: str
    name: str
    note: str
    note_en: str = ""
    id_number: str = ""
    account_type: str = ""
    login: str = ""
    password: str = ""
    has_certificate: bool = False
    slots: tuple[str, ...] = ()


@dataclass(frozen=True)
class Specimen:
    """One drawn picture marked 样本."""

    name: str
    media_type: str
    data: bytes


class Demonstration(Protocol):
    """Passed to the composition root by the command that made the demonstration's data."""

    def people(self) -> tuple[SamplePerson, ...]:
        """Everybody of the panel, in its order."""
        ...

    def specimen(self, customer_id: str, slot: str) -> Specimen | None:
        """The specimen photograph of a customer for a slot; None when there is none."""
        ...
