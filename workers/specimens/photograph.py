"""A specimen photograph for a slot of a sample person."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PIL import Image

from workers.specimens import papers
from workers.specimens.desk import Shot, shoot


@dataclass(frozen=True)
class SpecimenPerson:
    """What stands on a sample person's papers; `valid` as on the card, 2020.01.01-2040.01.01 or ...-长期."""

    name: str
    woman: bool
    born: date
    address: str
    id_number: str
    issuer: str
    valid: str
    bank: str
    card_number: str


def photograph(person: SpecimenPerson, slot: str, quality: int = 88) -> bytes:
    """A JPEG as a phone would take it; the same person and slot give the same bytes."""
    out = io.BytesIO()
    shot(person, slot).picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def shot(person: SpecimenPerson, slot: str) -> Shot:
    """The photograph with the true corners; `slot` may carry a key after a colon."""
    kind = slot.split(":", 1)[0]
    seed = zlib.crc32(f"{person.id_number}/{slot}".encode())
    return shoot(PAPERS[kind](person, seed), seed, radius=0 if kind == "signature" else papers.RADIUS)


def _portrait(person: SpecimenPerson, seed: int) -> Image.Image:
    return papers.portrait_side(person.name, person.woman, person.born, person.address, person.id_number)


def _emblem(person: SpecimenPerson, seed: int) -> Image.Image:
    return papers.emblem_side(person.issuer, person.valid)


def _signature(person: SpecimenPerson, seed: int) -> Image.Image:
    return papers.signature_sheet(person.name, seed)


def _card(person: SpecimenPerson, seed: int) -> Image.Image:
    return papers.debit_card(person.bank, person.card_number)


PAPERS: Mapping[str, Callable[[SpecimenPerson, int], Image.Image]] = {
    "id_portrait": _portrait,
    "id_emblem": _emblem,
    "signature": _signature,
    "bank_card": _card,
}
SLOTS = tuple(PAPERS)
