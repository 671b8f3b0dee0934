"""A form that came after its session had slept in: kept, sealed, and sent on once its person has signed in again.
One that came after he had signed in anew elsewhere need not be kept: it is on the page that offers to send it on.

Files are not kept: they are large, and a browser lets nobody fill them in again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.errors import Conflict, NoRoom
from engine.tables import KeptForm
from webapp import sessions
from webapp.house import clock, reading, settings, store, vault
from webapp.logs import log
from webapp.sessions import Door

SEALED = "kept_forms.fields"
KEPT_FOR = timedelta(hours=1)
LARGEST, LONGEST_PATH = 200_000, 512
SECRET = ("csrf_token", "password", "code", "again")
NEVER = frozenset({"staff.choose"})
"""Where everything that is typed is a password."""


@dataclass(frozen=True)
class Kept:
    """What was sent: where to, from which page, and each field with its value."""

    path: str
    back: str
    fields: list[tuple[str, str]]
    at: datetime


def keep(door: Door, back: str) -> bool:
    """Keep the form of this request for whoever's session it was; whether there is something to come back for.

    Only where the session slept in: one that was signed out or revoked keeps nothing for anybody.
    """
    row, fields = sessions.slept(door), list(_fields())
    sealed = vault().seal(SEALED, json.dumps(fields, ensure_ascii=False))
    path = request.full_path.rstrip("?")
    if row is None or not fields or not _by_a_person() or len(sealed) > LARGEST or len(path) > LONGEST_PATH:
        return False
    kept = KeptForm(
        id=settings().ids.new(),
        kind=door.kind,
        person_id=row.person_id,
        path=path,
        back=back if back and len(back) <= LONGEST_PATH else path,
        fields=sealed,
        at=clock().now(),
    )
    try:
        with store().write() as tx:
            _forget(tx, door.kind, row.person_id)
            tx.add(kept)
    except (NoRoom, Conflict) as wrong:
        log.info("form not kept", cause=type(wrong).__name__)
        return False
    return True


def brought(back: str) -> Kept | None:
    """What this request has with it, with the token of an earlier sign-in or none; only from a page of this very site.

    The browser says from where (Fetch Metadata): the form of a stranger's page is offered to nobody to be sent on.
    """
    fields = list(_fields())
    if request.headers.get("Sec-Fetch-Site") != "same-origin" or not fields or not _by_a_person():
        return None
    path = request.full_path.rstrip("?")
    return Kept(path, back or path, fields, clock().now())


def kept_for(door: Door, person_id: str) -> Kept | None:
    """What waits for this person, if he came back in time."""
    mine = select(KeptForm).where(KeptForm.kind == door.kind, KeptForm.person_id == person_id)
    row = reading().scalars(mine).first()
    if row is None or row.at < clock().now() - KEPT_FOR:
        return None
    fields = [(name, text) for name, text in json.loads(vault().open(SEALED, row.fields))]
    return Kept(row.path, row.back, fields, row.at)


def forget(door: Door, person_id: str) -> None:
    """It was sent on, or is not wanted."""
    with store().write() as tx:
        _forget(tx, door.kind, person_id)


def _forget(tx: Session, kind: str, person_id: str) -> None:
    tx.execute(delete(KeptForm).where(KeptForm.kind == kind, KeptForm.person_id == person_id))
    tx.flush()


def _by_a_person() -> bool:
    """Pressed, not asked by a script, which could not be led anywhere. Browsers say so (Fetch Metadata)."""
    pressed = request.method == "POST" and request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
    return pressed and request.endpoint not in NEVER


def _fields() -> Iterator[tuple[str, str]]:
    for name in request.form:
        if not name.startswith(SECRET):
            yield from ((name, text) for text in request.form.getlist(name))
