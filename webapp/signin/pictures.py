"""The picture code: four digits, as a picture and spoken; the answer stays on the server and serves once.

Digits alone, since they can be spoken clearly and typed on a phone's number keys; what is guessed is limited anyway.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from functools import cache

from captcha.audio import AudioCaptcha
from captcha.image import ImageCaptcha
from flask import abort, request
from sqlalchemy import update

from engine.tables import PictureCode
from webapp.house import clock, reading, settings, store, vault
from webapp.signin import limits

DIGITS = "23456789"
LENGTH = 4
FIELD = "picture_codes.answer"


def draw() -> str:
    """A new picture's id; empty when this network has had too many of them."""
    now, ids, limit = clock().now(), settings().ids, settings().limits
    answer = "".join(secrets.choice(DIGITS) for _ in range(LENGTH))
    picture_id, address = ids.new(), request.remote_addr or ""
    with store().write() as tx:
        if limits.count(tx, "picture", address, now - timedelta(hours=1)) >= limit.pictures_an_hour_by_address:
            return ""
        limits.record(tx, "picture", address, now, ids.new())
        tx.add(PictureCode(id=picture_id, answer=vault().seal(FIELD, answer), drawn_at=now))
    return picture_id


def usable(id: str) -> bool:
    """Whether this picture can still be answered."""
    row = reading().get(PictureCode, id)
    return row is not None and row.used_at is None and clock().now() < row.drawn_at + settings().limits.picture_life


def solve(id: str, typed: str) -> bool:
    """Whether what was typed is what the picture shows. Right or wrong, this picture is done with."""
    row, now = reading().get(PictureCode, id), clock().now()
    if row is None or not usable(id):
        return False
    with store().write() as tx:
        unused = update(PictureCode).where(PictureCode.id == id, PictureCode.used_at.is_(None)).values(used_at=now)
        first = tx.execute(unused).rowcount == 1  # type: ignore[attr-defined]
    return first and secrets.compare_digest(_answer(row).encode(), "".join(typed.split()).encode())


def picture(id: str) -> bytes:
    """The picture as PNG."""
    return _painter().generate(_shown(id)).getvalue()


def sound(id: str) -> bytes:
    """The same digits, spoken, as WAV."""
    return bytes(_speaker().generate(_shown(id)))


def _shown(id: str) -> str:
    row = reading().get(PictureCode, id)
    if row is None or not usable(id):
        abort(404)
    return _answer(row)


def _answer(row: PictureCode) -> str:
    return vault().open(FIELD, row.answer)


@cache
def _painter() -> ImageCaptcha:
    return ImageCaptcha(width=160, height=64)


@cache
def _speaker() -> AudioCaptcha:
    return AudioCaptcha()
