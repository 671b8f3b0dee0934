"""What happened while a page lay open: time went by, others took what was left, the company changed something.

Each changes in the database what the product would find there then; what people read of it the product says itself.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import datetime, timedelta

from sqlalchemy import delete, select, text, update

from cli.demonstration.screens.behind import LONG_AGO, behind
from cli.installation import Installation
from cli.running import read
from engine import bookings, company, video_queue
from engine.appointments import halves
from engine.tables import Appointment, Case, FiledCard, Photo, QueuePlace, SessionRow, SignInCode
from webapp.steps.uploads import MOST_IN_A_CASE

DAYS_AGO = timedelta(days=10)


@contextmanager
def after_an_hour(place: Installation) -> Iterator[None]:
    """Every code was sent an hour ago, for as long as somebody looks."""
    for span in (-LONG_AGO, LONG_AGO):
        with behind(place) as store, store.write() as tx:
            for code in tx.scalars(select(SignInCode)):
                code.sent_at += span
        if span < timedelta():
            yield


@contextmanager
def awake_at(place: Installation, moment: datetime) -> Iterator[None]:
    """Who is signed in has just signed in at another moment."""
    with behind(place) as store:
        before = store.clock.now()
        for now in (moment, before):
            with store.write() as tx:
                live = update(SessionRow).where(SessionRow.ended_at.is_(None))
                tx.execute(live.values(created_at=now, seen_at=now))
            if now is not before:
                yield


@contextmanager
def as_many_photographs_as_fit(place: Installation, case_id: str) -> Iterator[None]:
    """The case's own, over and over."""
    with behind(place) as store:
        with store.write() as tx:
            row = tx.scalars(select(Photo).where(Photo.case_id == case_id)).first()
            assert row is not None
            same = {column.name: getattr(row, column.name) for column in Photo.__table__.columns}
            made = [{**same, "id": store.ids.new(), "removed_at": row.at} for _ in range(MOST_IN_A_CASE)]
            tx.add_all(Photo(**each) for each in made)
        yield
        with store.write() as tx:
            tx.execute(delete(Photo).where(Photo.id.in_([each["id"] for each in made])))


def the_half_day_is_full(place: Installation, case_id: str) -> None:
    """The branch takes one booking a half day from now on, and somebody else has the first that is offered."""
    with behind(place) as store:
        with store.read() as tx:
            document = deepcopy(dict(company.load(tx).document))
        document["appointments"] = {**document["appointments"], "capacity": 1}
        company.save(store, document, demonstration=True)
        with store.write() as tx:
            branch = tx.get_one(Case, case_id).branch_id
            other = tx.scalars(select(Case.id).where(Case.id != case_id)).first()
            now = store.clock.now()
            first = halves(tx, company.load(tx), branch, now)[0]
            span = {"starts_at": first.starts_at, "ends_at": first.ends_at, "booked_at": now}
            tx.add(
                Appointment(id=store.ids.new(), case_id=other, branch_id=branch, day=first.day, half=first.half, **span)
            )


def the_half_day_went_by(place: Installation, case_id: str) -> None:
    """What was booked was ten days ago, and the relay has come round."""
    with behind(place) as store:
        with store.write() as tx:
            mine = select(Appointment).where(Appointment.case_id == case_id, Appointment.closed_at.is_(None))
            for row in tx.scalars(mine):
                row.day, row.booked_at = row.day - DAYS_AGO, row.booked_at - DAYS_AGO
                row.starts_at, row.ends_at = row.starts_at - DAYS_AGO, row.ends_at - DAYS_AGO
        bookings.close_missed(store)


def away_for_long(place: Installation, case_id: str) -> None:
    """His page has been silent for an hour, and the relay has come round."""
    with behind(place) as store:
        with store.write() as tx:
            mine = update(QueuePlace).where(QueuePlace.case_id == case_id)
            tx.execute(mine.values(seen_at=store.clock.now() - LONG_AGO))
        video_queue.drop_absent(store)


@contextmanager
def every_card_linked(place: Installation, case_id: str) -> Iterator[None]:
    """The account system has linked the customer's cards again: none of them may be taken away."""
    with behind(place) as store:
        for linked in (True, False):
            with store.write() as tx:
                customer = tx.get_one(Case, case_id).customer_id
                tx.execute(update(FiledCard).where(FiledCard.customer_id == customer).values(linked=linked))
            if linked:
                yield


@contextmanager
def worker_held(place: Installation) -> Iterator[None]:
    """The worker does nothing for a while: what it was asked to do is on its way."""
    running = read(place.running)
    assert running is not None
    os.kill(running.parts["worker"], signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(running.parts["worker"], signal.SIGCONT)


@contextmanager
def another_writer(place: Installation) -> Iterator[None]:
    """Somebody writes, and does not come to an end."""
    with behind(place) as store, store.write():
        yield


def pages_of_the_database(place: Installation) -> int:
    """How many there are once none of them is free."""
    with behind(place) as store:
        with store.db.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("VACUUM")
        with store.read() as tx:
            pages: int = tx.scalars(text("PRAGMA page_count")).one()
    return pages
