"""A bank card: its number, and by the company's table the bank and the kind of card."""

from __future__ import annotations

from collections.abc import Sequence

from workers.photos.reading.digits import card_number, issuer
from workers.photos.reading.model import Bin, Field
from workers.photos.reading.pieces import CHINESE, Row

KINDS = {"借记": "debit", "储蓄": "debit", "DEBIT": "debit", "贷记": "credit", "信用卡": "credit", "CREDIT": "credit"}
BANK = rf"[{CHINESE}]{{2,12}}(?:银行|信用社)|[{CHINESE}]{{0,8}}银行[{CHINESE}]{{0,4}}"


def fields_of(rows: list[Row], bins: Sequence[Bin]) -> dict[str, Field]:
    """The number; `bank` is the table's code where it knows the number, else the name as printed, never sure."""
    number = card_number(rows, bins)
    found = {"number": number} if number else {}
    row = issuer(number.value, bins) if number and number.checked else None
    if number and row:
        told = {"bank": row.bank, "kind": row.kind}
        return found | {name: Field(value, number.score, number.box, True, number.sure) for name, value in told.items()}
    return found | _printed(rows)


def _printed(rows: list[Row]) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for row in rows:
        bank = row.find(BANK)
        if bank and "bank" not in found:
            found["bank"] = Field(bank.text, bank.score, bank.box)
        for word, kind in KINDS.items():
            piece = row.find(word)
            if piece and "kind" not in found:
                found["kind"] = Field(kind, piece.score, piece.box)
    return found
