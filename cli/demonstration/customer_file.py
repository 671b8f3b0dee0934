"""The sample people as the customer file that an importing company would write."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from cli.demonstration.people import SampleCard, SampleInvestor
from engine.accounts import COLUMNS


def file_of(people: Sequence[SampleInvestor], account_type: str) -> str:
    """Header and rows, as `kaihu customers import` reads them."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(row_of(person, account_type) for person in people)
    return out.getvalue()


def row_of(person: SampleInvestor, account_type: str) -> dict[str, str]:
    return {
        "id_number": person.id_number,
        "name": person.name,
        "phone": person.phone,
        "account_number": person.account_number,
        "account_type": account_type,
        "address": person.address,
        "issuer": person.issuer,
        "valid_from": person.valid_from.isoformat(),
        "valid_until": person.valid_until.isoformat() if person.valid_until else "长期",
        "branch": person.branch,
        "cards": ";".join(card_text(card) for card in person.on_file),
    }


def card_text(card: SampleCard) -> str:
    return "|".join([card.bank, card.outlet, card.number, *(["linked"] if card.linked else [])])
