"""Whose ID number was typed. What it costs to find out must not tell whether anybody has it (G15)."""

from __future__ import annotations

from flask import g

from engine.accounts import Person
from webapp.house import house


def whose(id_number: str) -> Person | None:
    """The customer with this number, asked for once in a request."""
    known: dict[str, Person | None] = g.setdefault("whose", {})
    if id_number not in known:
        known[id_number] = _ask(id_number)
    return known[id_number]


def _ask(id_number: str) -> Person | None:
    """Two questions to the account system in any case: it may be far away, and a missing one would be felt."""
    accounts = house().accounts
    customer_id = accounts.find(id_number)
    if customer_id is None:
        accounts.find(id_number)
        return None
    return accounts.person(customer_id)
