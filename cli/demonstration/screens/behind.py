"""What the walk does behind the pages of its own running copy: time that has passed, a picture that eyes would read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from playwright.sync_api import Page
from sqlalchemy import update

from cli.installation import Installation
from cli.store import store_of
from engine.store import Store
from engine.tables import PictureCode, SessionRow, Task
from webapp.signin.pictures import FIELD

LONG_AGO = timedelta(hours=1)


@contextmanager
def behind(place: Installation) -> Iterator[Store]:
    store = store_of(place)
    try:
        yield store
    finally:
        store.db.dispose()


def sign_out_by_time(place: Installation, kind: str) -> None:
    """As if nobody of this kind (investor | staff) had done anything for an hour."""
    with behind(place) as store, store.write() as tx:
        mine = (SessionRow.kind == kind, SessionRow.ended_at.is_(None))
        tx.execute(update(SessionRow).where(*mine).values(seen_at=store.clock.now() - LONG_AGO))


def let_claim_lapse(place: Installation, task_id: str) -> None:
    """As if half an hour had gone by since the last look."""
    with behind(place) as store, store.write() as tx:
        tx.execute(update(Task).where(Task.id == task_id).values(lease_until=store.clock.now() - LONG_AGO))


def read_picture(place: Installation, page: Page) -> str:
    """The four digits of the picture on a sign-in page."""
    shown = page.locator("input[name=picture_id]").input_value()
    with behind(place) as store, store.read() as tx:
        return store.vault.open(FIELD, tx.get_one(PictureCode, shown).answer)
