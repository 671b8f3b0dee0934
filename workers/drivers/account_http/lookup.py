"""Looking a customer up in the account system, and keeping what it says of him."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts import Person, Unavailable, file_photo, keep_customer, kept_alike
from engine.tables import Branch, FiledPhoto
from workers.drivers.account_http import contract
from workers.drivers.account_http.client import MEGABYTE, Client
from workers.drivers.account_http.contract import Told, ToldPhoto

if TYPE_CHECKING:
    from engine.store import Store

AT_ONCE = 2  # of a web process's four threads: when the account system hangs, the others serve on
TURN = 3.0
PICTURES = ("image/jpeg", "image/png")
LARGEST_PICTURE = 20 * MEGABYTE
NO_BRANCH = "-"


@dataclass(frozen=True)
class Pace:
    """No sooner than this is answered who has a number: how long another machine thought about it tells nothing."""

    seconds: float = 0.5
    now: Callable[[], float] = time.monotonic
    wait: Callable[[float], None] = time.sleep

    @contextmanager
    def kept(self) -> Iterator[None]:
        late = self.now() + self.seconds
        yield
        self.wait(max(0.0, late - self.now()))


class Lookup:
    """Asks for customers, few at a time."""

    def __init__(self, store: Store, client: Client, pace: Pace) -> None:
        self.store, self.client, self.pace = store, client, pace
        self._turns = BoundedSemaphore(AT_ONCE)

    def person(self, id_number: str) -> Person | None:
        """Who has this ID number, of whom nothing is kept yet. Where nobody can say, that is said at once."""
        with self.pace.kept():
            told = self._ask(id_number)
            here = self._is_here(told.person.branch_id if told else NO_BRANCH)
            if told and not here:
                raise _unknown_branch(told)
        return told.person if told else None

    def customer(self, id_number: str) -> str | None:
        """The customer with this ID number, brought up to date; None when the account system has none."""
        told = self._ask(id_number)
        return self._keep(told) if told else None

    def photos(self, customer_id: str, id_number: str) -> None:
        """Bring his pictures on file up to date: what is new is fetched, what is not told any more is let go."""
        told = self._ask(id_number)
        if told is None:
            return
        wanted = {photo.slot: photo for photo in told.photos}
        with self.store.read() as tx:
            filed = tx.scalars(select(FiledPhoto).where(FiledPhoto.customer_id == customer_id)).all()
            here = {row.slot: self._digest(tx, row) for row in filed}
        fresh = {slot: self._fetch(id_number, one) for slot, one in wanted.items() if here.get(slot) != one.sha256}
        if fresh or here.keys() - wanted.keys():
            self.store.unit(lambda tx: self._file(tx, customer_id, fresh, here.keys() - wanted.keys()))

    def _ask(self, id_number: str) -> Told | None:
        number = id_number.strip().upper()
        with self._turn():
            return contract.customer(self.client.ask("POST", "/customers/search", {"id_number": number}), number)

    def _keep(self, told: Told) -> str:
        if not self._is_here(told.person.branch_id):
            raise _unknown_branch(told)
        with self.store.read() as tx:
            same = kept_alike(tx, self.store.vault, told.person, told.cards)
        return same or self.store.unit(lambda tx: keep_customer(tx, self.store, told.person, told.cards))[0]

    def _is_here(self, branch_id: str) -> bool:
        with self.store.read() as tx:
            return tx.get(Branch, branch_id) is not None

    def _fetch(self, id_number: str, photo: ToldPhoto) -> bytes:
        wish = {"id_number": id_number, "slot": photo.slot}
        answer = self.client.fetch("POST", "/customers/photo", wish, limit=LARGEST_PICTURE)
        if answer.kind not in PICTURES or hashlib.sha256(answer.body).hexdigest() != photo.sha256:
            raise Unavailable(f"POST /customers/photo: not the picture of {photo.slot} that was told", permanent=True)
        return answer.body

    def _digest(self, tx: Session, row: FiledPhoto) -> str:
        return hashlib.sha256(self.store.vault.blobs.get(tx, row.customer_id, row.blob)).hexdigest()

    def _file(self, tx: Session, customer_id: str, fresh: dict[str, bytes], gone: set[str]) -> None:
        now = self.store.clock.now()
        for slot in gone:
            tx.delete(tx.get_one(FiledPhoto, (customer_id, slot)))
        for slot, data in fresh.items():
            file_photo(tx, self.store.vault, now, customer_id, slot, data)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=TURN):
            raise Unavailable("too many wait for it already")
        try:
            yield
        finally:
            self._turns.release()


def _unknown_branch(told: Told) -> Unavailable:
    return Unavailable(f"told a branch that is not set up here: {told.person.branch_id}", permanent=True)
