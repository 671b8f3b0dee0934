"""Sign-in codes: asked for over HTTP, carried by a gateway that fails now and then, judged one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import texts
from engine.store import Store
from engine.tables import OutgoingText, PictureCode, SmsMessage
from forms.rules.id_number import check_digit
from tests.crash.acks import Ack
from tests.crash.browser import Answer
from webapp.signin.pictures import FIELD
from workers.drivers.sms import SmsGateway

UNLUCKY = 128  # of 256


class Window(Protocol):
    """What a browser is here."""

    def post(self, path: str, fields: Mapping[str, str]) -> Answer: ...


@dataclass(frozen=True)
class MoodyGateway:
    """The local gateway, which often does not take a text."""

    inner: SmsGateway
    name: str = "moody"

    def send(self, key: str, phone: str, text: str) -> None:
        if os.urandom(1)[0] < UNLUCKY:
            raise ConnectionError
        self.inner.send(key, phone, text)


def id_number(customer: int) -> str:
    first = f"11990119900101{customer + 1:03d}"
    return first + check_digit(first)


def ask(browser: Window, token: str, store: Store, customer: int) -> str:
    """The code that the page says is on its way; empty when it says something else."""
    form = {"csrf_token": token, "id_number": id_number(customer), "account_type": "期货经纪账户"}
    form["picture_id"] = browser.post("/sign-in", form | {"action": "picture"}).hidden("picture_id")
    answer = browser.post("/sign-in", form | {"action": "code", "picture": _seen(store, form["picture_id"])})
    assert answer.status in (200, 422), f"code: {answer.status} {answer.text[:300]}"
    return answer.hidden("sent")


def is_under_way(store: Store, code: str) -> bool:
    """Whether somebody has still to send it."""
    with store.read() as tx:
        row = tx.get(OutgoingText, code)
        return row is not None and row.status == texts.DUE


def _seen(store: Store, picture: str) -> str:
    with store.read() as tx:
        return store.vault.open(FIELD, tx.get_one(PictureCode, picture).answer)


def wrong(tx: Session, acks: Sequence[Ack]) -> Iterator[str]:
    """A code that a page told of has a text; each text was taken by the gateway, or is too old by now."""
    rows = {row.id: row for row in tx.scalars(select(OutgoingText))}
    taken = set(tx.scalars(select(SmsMessage.id)))
    for ack in acks:
        if ack.kind == "code" and ack.id not in rows:
            yield f"code {ack.id} was on its way and is lost"
    for row in rows.values():
        if row.status == texts.SENT and row.id not in taken:
            yield f"code {row.id} is marked as sent and no gateway has it"
        if row.status == texts.FAILED and (row.ended_at is None or row.ended_at < row.expires_at):
            yield f"code {row.id} was given up before its time"
        if row.status == texts.DUE:
            yield f"code {row.id} was never sent"
