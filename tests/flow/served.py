"""The relay and the worker in one, and what they are given to do."""

from __future__ import annotations

from engine import outbox
from engine.cases import Completion, complete
from engine.tables import Job
from tests.walk import Walk, new_submission
from workers.house import House
from workers.run import perform_in

CARDS = {
    "cards": {
        "removed": ["old"],
        "unlinked": ["old"],
        "added": [{"row": "2", "bank": "ICBC", "outlet": "样本支行", "number": "6222020000000000034", "photo": "x"}],
    }
}


def answer_the_silent(house: House, service: str) -> None:
    """What comes before it in the diagram is done first."""
    for silent in ("photo.look", "photo.read", "card.read"):
        outbox.due(house.store)
        with house.store.read() as tx:
            jobs = tx.query(Job).filter_by(service=silent, status="sent").all()
        for job in jobs if silent != service else ():
            perform_in(house, job.id, job.attempt)


def serve(house: House, service: str) -> Job:
    """The relay and the worker in one: send what is due, and do the one job of this service."""
    answer_the_silent(house, service)
    outbox.due(house.store)
    with house.store.read() as tx:
        job = tx.query(Job).filter_by(service=service, status="sent").order_by(Job.created_at.desc()).first()
    assert job is not None
    perform_in(house, job.id, job.attempt)
    with house.store.read() as tx:
        return tx.get_one(Job, job.id)


def submit_cards(walk: Walk) -> None:
    task = walk.task("bank_cards")
    complete(walk.store, Completion(task.id, walk.me, new_submission(), answers=CARDS))
