"""Challenges: a text for one person, case and purpose, to be signed once and soon."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from engine.ids import Ids
from engine.pki.errors import CertificateProblem
from engine.pki.parties import Party
from engine.tables import Challenge

Purpose = Literal["detect", "install", "sign"]
# To sign, a person first reads three agreements to the end; what he signs is bound to the exact texts anyway.
LIFE: dict[str, timedelta] = {
    "detect": timedelta(minutes=5),
    "install": timedelta(minutes=5),
    "sign": timedelta(minutes=60),
}


def issue_challenge(tx: Session, ids: Ids, now: datetime, party: Party, purpose: Purpose) -> Challenge:
    """A new challenge, stored."""
    row = Challenge(
        id=ids.new(),
        customer_id=party.customer_id,
        case_id=party.case_id,
        purpose=purpose,
        text=f"kaihu.challenge.v1:{purpose}:{party.case_id}:{ids.new()}",
        created_at=now,
        used_at=None,
    )
    tx.add(row)
    tx.flush()
    return row


def open_challenge(tx: Session, challenge_id: str, now: datetime, party: Party, purpose: Purpose) -> Challenge:
    """The challenge as `use_challenge` would find it, left unused; CertificateProblem alike."""
    row = tx.scalar(select(Challenge).where(*_usable(challenge_id, now, party, purpose)))
    if row is None:
        raise CertificateProblem("challenge_gone")
    return row


def use_challenge(tx: Session, challenge_id: str, now: datetime, party: Party, purpose: Purpose) -> Challenge:
    """The challenge, used up by this call; CertificateProblem when it is not there to be used by this person."""
    used = tx.execute(
        update(Challenge)
        .where(*_usable(challenge_id, now, party, purpose))
        .values(used_at=now)
        .returning(Challenge)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    row = used.scalar_one_or_none()
    if row is None:
        raise CertificateProblem("challenge_gone")
    return row


def _usable(challenge_id: str, now: datetime, party: Party, purpose: Purpose) -> tuple[ColumnElement[bool], ...]:
    return (
        Challenge.id == challenge_id,
        Challenge.customer_id == party.customer_id,
        Challenge.case_id == party.case_id,
        Challenge.purpose == purpose,
        Challenge.used_at.is_(None),
        Challenge.created_at > now - LIFE[purpose],
    )
