"""Every text of a demonstration, for its outbox page: what the local driver was given, and what still waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine import texts
from engine.bookings import OVER, STANDS
from engine.cases.telling import SERVICE, TEMPLATE
from engine.notices import Unsaid, text_of
from engine.tables import Case, Job, OutgoingText, SmsMessage
from webapp.house import house, reading, vault

SHOWN = 50
UNSENT = ("due", "sent", "incident")


@dataclass(frozen=True)
class Shown:
    """One text. `state`: waiting | sent | given_up; `tries`: how often it was handed to the driver.

    Of a code that was given up neither phone nor text is left.
    """

    at: datetime
    phone: str
    text: str
    state: str
    tries: int


def newest() -> list[Shown]:
    """The newest first."""
    found = [*_kept(), *_codes(), *_notices()]
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


def _kept() -> Iterator[Shown]:
    for row in reading().scalars(select(SmsMessage).order_by(SmsMessage.at.desc()).limit(SHOWN)):
        phone = vault().open("sms_messages.phone", row.phone)
        text = vault().open("sms_messages.text", row.text)
        yield Shown(row.at, phone, text, "sent", _tries(row.id))


def _tries(key: str) -> int:
    row = reading().get(Job, key) or reading().get(OutgoingText, key)
    return row.attempt if row else 1


def _codes() -> Iterator[Shown]:
    unsent = select(OutgoingText).where(OutgoingText.status.in_((texts.DUE, texts.FAILED)))
    for row in reading().scalars(unsent.order_by(OutgoingText.created_at.desc()).limit(SHOWN)):
        if row.status == texts.FAILED:
            yield Shown(row.created_at, "", "", "given_up", row.attempt)
        else:
            phone, text = vault().open(texts.PHONE, row.phone), vault().open(texts.TEXT, row.text)
            yield Shown(row.created_at, phone, text, "waiting", row.attempt)


def _notices() -> Iterator[Shown]:
    unsent = select(Job).where(Job.service == SERVICE, Job.status.in_(UNSENT), Job.ended_at.is_(None))
    for job in reading().scalars(unsent.order_by(Job.created_at.desc()).limit(SHOWN)):
        phone = house().accounts.person(reading().get_one(Case, job.case_id).customer_id).phone
        state = "given_up" if job.status == "incident" else "waiting"
        yield Shown(job.created_at, phone, _words(job), state, job.attempt)


def _words(job: Job) -> str:
    said = {name: str(value) for name, value in job.args.items()}
    try:
        booking = said.get(STANDS) or said.get(OVER, "")
        return text_of(reading(), house().known, job.case_id, said[TEMPLATE], booking)
    except Unsaid as wrong:
        return str(wrong)
