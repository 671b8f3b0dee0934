"""The phone that a sign-in page shows: masked, and made up for an ID number that nobody has (G15)."""

from __future__ import annotations

from engine.accounts import Person
from engine.vault import Vault
from forms.rules import masking

STARTS = (
    "130",
    "133",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "158",
    "159",
    "177",
    "180",
    "186",
    "187",
    "189",
)


def shown(vault: Vault, id_number: str, person: Person | None) -> str:
    """What the page says of the phone on file, or of the one that might be."""
    nobodys = made_up(vault.index("made_up_phone", id_number))
    return masking.phone(person.phone) if person else nobodys


def made_up(index: str) -> str:
    """A masked phone that the same ID number always gets: `index` is its blind index, so nobody can work it out."""
    number = int(index[:24], 16)
    return f"{STARTS[number % len(STARTS)]}****{number // len(STARTS) % 10_000:04d}"
