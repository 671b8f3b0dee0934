"""The specimen photographs of the sample people, drawn once and kept beside the code.

`python -m cli.demonstration.pictures` draws them again; it needs a Chinese font, running Kaihu does not.
"""

from __future__ import annotations

from pathlib import Path

from cli.demonstration.people import INVESTORS, SampleInvestor
from engine.company import default_company

FOLDER = Path(__file__).resolve().parent / "pictures"
STORED = ("id_portrait", "id_emblem", "signature")
CARD = "bank_card"


def slots_of(person: SampleInvestor) -> tuple[str, ...]:
    """The slots for which this person has a specimen."""
    return tuple(slot for slot in (*STORED, CARD) if path_of(person, slot).exists())


def path_of(person: SampleInvestor, slot: str) -> Path:
    """Where the specimen lies; a slot's key after the colon does not matter."""
    return FOLDER / person.key / f"{slot.split(':', 1)[0]}.jpg"


def draw_all() -> None:
    from workers.specimens import SpecimenPerson, photograph

    for person in INVESTORS:
        bank = default_company().bank(person.new_card.bank)
        specimen = SpecimenPerson(
            name=person.name,
            woman=int(person.id_number[16]) % 2 == 0,
            born=person.birth,
            address=person.address,
            id_number=person.id_number,
            issuer=person.issuer,
            valid=f"{person.valid_from:%Y.%m.%d}-{f'{person.valid_until:%Y.%m.%d}' if person.valid_until else '长期'}",
            bank=bank.name if bank else person.new_card.bank,
            card_number=person.new_card.number,
        )
        for slot in (*STORED, CARD):
            path_of(person, slot).parent.mkdir(parents=True, exist_ok=True)
            path_of(person, slot).write_bytes(photograph(specimen, slot, quality=80))


if __name__ == "__main__":
    draw_all()
