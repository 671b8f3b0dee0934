"""Reading the company's record: every mistake is told at once, with its place; nothing half read is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.company.banks import read_banks
from engine.company.model import Company
from engine.company.problems import BadCompany
from engine.company.reader import Reader
from engine.company.texts import read_account_types, read_english, read_links, read_notices, read_pages
from engine.company.times import (
    SETTINGS,
    read_appointments,
    read_calendars,
    read_publishing,
    read_retention,
    read_settings,
)

ENTRIES = (
    "name", "name_en", "hotline", "calendars", "appointments", "retention", "publishing", "banks", "account_types",
    "notices", "links", "pages", "settings", "english",
)  # fmt: skip

__all__ = ["ENTRIES", "SETTINGS", "BadCompany", "read_company"]


def read_company(document: Mapping[str, Any], *, demonstration: bool, strict: bool = True) -> Company:
    """The company of a record; BadCompany with all that is wrong with it."""
    read = Reader(strict)
    read.only("", document, ENTRIES)
    pages = read_pages(read, document)
    company = Company(
        name=read.get("", document, "name", str, ""),
        name_en=read.get("", document, "name_en", str, ""),
        hotline=read.get("", document, "hotline", str, ""),
        calendars=read_calendars(read, document),
        appointments=read_appointments(read, document),
        retention=read_retention(read, document),
        publishing=read_publishing(read, document),
        banks=read_banks(read, document),
        account_types=read_account_types(read, document),
        notices=read_notices(read, document),
        links=read_links(read, document, pages),
        pages=pages,
        settings=read_settings(read, document),
        english=read_english(read, document),
        demonstration=demonstration,
        document=document,
    )
    if read.problems:
        raise BadCompany(read.problems)
    return company
