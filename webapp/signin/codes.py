"""The SMS code: six digits, five minutes, five wrong tries, once; sixty seconds apart, five a day (G15).

A person is known here only by the blind index of the ID number that was typed. A number that nobody has gets its rows
too, with a code that is never sent, so that words, limits and time are the same for both.
"""

from __future__ import annotations

import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from engine.tables import SignInCode
from webapp.house import clock, reading, settings, store, vault
from webapp.signin import limits, sending

DIGITS = 6
SHOWN = "sign_in_codes.shown"
WHOLLY_MASKED = "1" + "*" * 10
Verdict = Literal["right", "wrong", "none", "used", "used_up", "expired"]


@dataclass(frozen=True)
class Asked:
    """What became of the wish for a code: the row's id and the code, or why there is none."""

    id: str = ""
    code: str = ""
    wait: int = 0
    problem: Literal["", "soon", "day", "address"] = ""


@dataclass(frozen=True)
class Tried:
    """What became of a try, and how many are left; the row of the code."""

    verdict: Verdict
    left: int = 0
    id: str = ""


def ask(person: str, address: str, phone: str | None, shown: str) -> Asked:
    """Make a code for a person and write its text down for his phone, if the limits allow it; nobody has no phone.

    `shown` is what the page says of the phone, whosever it is.
    """
    now, ids = clock().now(), settings().ids
    with store().write() as tx:
        limits.hold(tx, person)
        refused = _refused(tx, person, address, now)
        if refused:
            return refused
        limits.record(tx, "code", address, now, ids.new())
        asked = _new(tx, person, shown)
        sending.write_down(tx, asked.id, phone, asked.code)
        return asked


def make(person: str, shown: str) -> Asked:
    """A code without asking the limits, and told to no phone: for the sample people of a demonstration."""
    with store().write() as tx:
        return _new(tx, person, shown)


def shown(id: str) -> str:
    """The masked phone that a code was sent to, as the page says it."""
    row = reading().get(SignInCode, id)
    return vault().open(SHOWN, row.shown) if row is not None and row.shown else WHOLLY_MASKED


def attempt(person: str, typed: str) -> Tried:
    """Try a code. The right one stays good until it is used up: another field may be wrong."""
    now, limit = clock().now(), settings().limits
    with store().write() as tx:
        limits.hold(tx, person)
        row = tx.scalars(
            select(SignInCode).where(SignInCode.person == person).order_by(SignInCode.sent_at.desc()).limit(1)
        ).first()
        verdict = _state(row, now)
        if row is None or verdict != "right":
            return Tried(verdict)
        if not secrets.compare_digest(row.code_hash, _hash(row.id, typed)):
            row.wrong += 1
            left = limit.code_tries - row.wrong
            return Tried("wrong", left) if left > 0 else Tried("used_up")
    return Tried("right", id=row.id)


def use_up(tried: Tried) -> Tried:
    """The code has served. Of two pages that send it at once, one comes too late."""
    unused = update(SignInCode).where(SignInCode.id == tried.id, SignInCode.used_at.is_(None))
    with store().write() as tx:
        first = tx.execute(unused.values(used_at=clock().now())).rowcount == 1  # type: ignore[attr-defined]
    return tried if first else Tried("used")


def _new(tx: Session, person: str, shown: str) -> Asked:
    asked = Asked(id=settings().ids.new(), code=f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}")
    row = SignInCode(id=asked.id, person=person, code_hash=_hash(asked.id, asked.code), sent_at=clock().now(), wrong=0)
    row.shown = vault().seal(SHOWN, shown)
    tx.add(row)
    return asked


def _refused(tx: Session, person: str, address: str, now: datetime) -> Asked | None:
    limit, day = settings().limits, now.replace(hour=0, minute=0, second=0, microsecond=0)
    theirs = SignInCode.person == person
    today = tx.scalar(select(func.count()).select_from(SignInCode).where(theirs, SignInCode.sent_at >= day)) or 0
    last = tx.scalar(select(func.max(SignInCode.sent_at)).where(theirs))
    if last and now < last + limit.code_again:
        return Asked(problem="soon", wait=math.ceil((last + limit.code_again - now).total_seconds()))
    if today >= limit.codes_a_day:
        return Asked(problem="day")
    if limits.count(tx, "code", address, now - timedelta(hours=1)) >= limit.codes_an_hour_by_address:
        return Asked(problem="address")
    return None


def _state(row: SignInCode | None, now: datetime) -> Verdict:
    limit = settings().limits
    if row is None:
        return "none"
    if row.used_at is not None:
        return "used"
    if row.wrong >= limit.code_tries:
        return "used_up"
    return "right" if now < row.sent_at + limit.code_life else "expired"


def _hash(id: str, code: str) -> str:
    """Keyed and salted by the row: a million codes are soon tried against a bare hash."""
    return vault().index("sign_in_codes.code", f"{id}:{code}")
