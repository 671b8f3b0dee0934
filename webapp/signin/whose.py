"""Whose ID number was typed. What it costs to find out must not tell whether anybody has it (G15)."""

from __future__ import annotations

from contextlib import suppress

from flask import g

from engine.accounts import Person, Unavailable
from engine.errors import Gone
from webapp.house import company, house
from webapp.language import words as _
from webapp.logs import log

NOBODY = "nobody"


def whose(id_number: str) -> Person | None:
    """The customer with this number, asked for once in a request. Unavailable when nobody can say."""
    known: dict[str, Person | Unavailable | None] = g.setdefault("whose", {})
    if id_number not in known:
        known[id_number] = _answer(id_number)
    found = known[id_number]
    if isinstance(found, Unavailable):
        raise found
    return found


def nobody_can_say() -> dict[str, str]:
    """The sentence for the top of the page."""
    told = _(
        "现在查不到账户资料，不是您填错了。您填的内容都还在，请几分钟后再试，或致电客服 %(hotline)s",
        hotline=company().hotline,
    )
    return {"": told}


def _answer(id_number: str) -> Person | Unavailable | None:
    """What is wrong with the account system stands in the log; it names nobody."""
    try:
        return _ask(id_number)
    except Unavailable as wrong:
        log.error("account system", cause=str(wrong), permanent=wrong.permanent)
        return wrong


def _ask(id_number: str) -> Person | None:
    """One question to the account system, which may be far away, and one row read here, whoever has the number."""
    accounts = house().accounts
    customer_id = accounts.find(id_number)
    if customer_id is None:
        with suppress(Gone):
            accounts.person(NOBODY)
        return None
    return accounts.person(customer_id)
