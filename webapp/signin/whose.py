"""Whose ID number was typed. What it costs to find out must not tell whether anybody has it (G15).

Before the code is right he is looked up once for each code and nothing of him is kept: a wrong try costs nothing that
depends on him. Who has shown the code is found, and what is kept of him brought up to date.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from engine.accounts import Person, Unavailable
from webapp.house import company, house
from webapp.language import words as _
from webapp.logs import log

T = TypeVar("T")


def whose(id_number: str) -> Person | None:
    """Who has this number, asked for somebody who may be anybody. Unavailable when nobody can say."""
    return _asked(lambda: house().accounts.look_up(id_number))


def his_own(id_number: str) -> Person | None:
    """The customer with this number, who has shown the code. Unavailable when nobody can say."""
    return _asked(lambda: _find(id_number))


def nobody_can_say() -> dict[str, str]:
    """The sentence for the top of the page."""
    told = _(
        "现在查不到账户资料，不是您填错了。您填的内容都还在，请几分钟后再试，或致电客服 %(hotline)s",
        hotline=company().hotline,
    )
    return {"": told}


def _find(id_number: str) -> Person | None:
    customer_id = house().accounts.find(id_number)
    return house().accounts.person(customer_id) if customer_id else None


def _asked(ask: Callable[[], T]) -> T:
    """What is wrong with the account system stands in the log; it names nobody."""
    try:
        return ask()
    except Unavailable as wrong:
        log.error("account system", cause=str(wrong), permanent=wrong.permanent)
        raise
