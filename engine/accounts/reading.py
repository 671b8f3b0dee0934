"""A row of a customer file read into words that the account system knows, as spreadsheets here write them."""

from __future__ import annotations

import re
from datetime import date

from engine.accounts.people import NewCard, Person, ToldCard
from engine.sheets import Row

LONG_TERM = "长期"
NUMBER = re.compile(r"[0-9]{12,22}")
DAY = re.compile(r"(\d{4})(?:[-./](\d{1,2})[-./](\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d\d)(\d\d))")
AS_TEXT = re.compile(r"'(.*)|=\"(.*)\"")
"""How spreadsheets keep a long number from being taken for one."""
MOBILE = re.compile(r"(?:\+86|0086|86)?(1\d{10})")


def cleaned(row: Row) -> Row:
    """The row without what spreadsheets put around numbers, and with numbers as they are kept."""
    plain = {name: as_typed(cell) for name, cell in row.items()}
    phone = MOBILE.fullmatch(re.sub(r"[ -]", "", plain["phone"]))
    return plain | {"id_number": plain["id_number"].upper(), "phone": phone[1] if phone else plain["phone"]}


def as_typed(cell: str) -> str:
    """A cell without what a spreadsheet puts around a number to keep it text."""
    marked = AS_TEXT.fullmatch(cell)
    return (marked[1] or marked[2] or "").strip() if marked else cell


def person_in(row: Row) -> Person:
    """The person of a row without problems; who he is here, the row does not tell."""
    return Person(
        customer_id="",
        name=row["name"],
        id_number=row["id_number"],
        phone=row["phone"],
        address=row["address"],
        issuer=row["issuer"],
        id_valid_from=day(row["valid_from"]),
        id_valid_until=day(row["valid_until"]),
        id_long_term=row["valid_until"] == LONG_TERM,
        account_number=row["account_number"],
        account_type=row["account_type"],
        branch_id=row["branch"],
    )


def cards_in(cell: str) -> list[ToldCard]:
    """The cards of a cell without problems."""
    return [ToldCard(NewCard(*parts[:3]), parts[3:] == ["linked"]) for parts in card_parts(cell)]


def card_parts(cell: str) -> list[list[str]]:
    """BANK|outlet|number[|linked] of each card."""
    entries = (entry for entry in cell.replace("；", ";").split(";") if entry.strip())
    return [[part.strip() for part in entry.split("|")] for entry in entries]


def day(text: str) -> date | None:
    """2016-05-20, 2016/5/20, 2016.5.20, 20160520 or 2016年5月20日: the year comes first, so there is no doubt."""
    found = DAY.fullmatch(text)
    if found is None:
        return None
    year, *rest = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, *rest)
    except ValueError:
        return None
