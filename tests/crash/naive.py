"""Controls: the same work done wrongly, by processes that are killed just where it hurts.

`python -m tests.crash.naive HOW FOLDER URL CUSTOMER`: submits one step and does its job, or dies on the way.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from engine import outbox, photos
from engine.cases import Completion, complete, open_tasks
from engine.store import Store
from engine.tables import Job
from tests.crash.acks import Ack, Acks
from tests.crash.competitors import store_at
from tests.house import MONDAY, investor

STEP = "upload_photos"


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def answer_first(store: Store, acks: Acks, customer: str, case_id: str) -> None:
    """Says yes, and is killed before it commits."""
    acks.write(Ack("submission", case_id, f"of-{customer}"))
    die()


def commit_then_enqueue(store: Store, acks: Acks, customer: str, case_id: str) -> None:
    """No outbox: the job is handed over after the commit by the one who committed, who is killed in between."""
    came = submit(store, acks, customer, case_id)
    with store.write() as tx:
        for job_id in came:
            job = tx.get_one(Job, job_id)
            job.status, job.attempt, job.lease_until = "sent", 1, None  # nobody else will look for it
    die()


def without_fence(store: Store, acks: Acks, customer: str, case_id: str) -> None:
    """A worker is killed after the effect and before it says so; whoever comes next asks no row."""
    photo = photos.add(store, case_id=case_id, slot="id_portrait", data=b"\xff\xd8\xff", by=customer, kind="id1")
    with store.read() as tx:
        job = tx.query(Job).filter_by(service=photos.PROCESS).one()
    sent = outbox.due(store)
    assert [each.job_id for each in sent] == [job.id]
    for _ in range(2):
        forget_the_end(store, job.id)
        outbox.finish(store, job.id, 1, {}, lambda tx: looked_at(tx, photo))


def with_outbox(store: Store, acks: Acks, customer: str, case_id: str) -> None:
    """What the product does; killed in the same place as `commit_then_enqueue`."""
    submit(store, acks, customer, case_id)
    die()


def submit(store: Store, acks: Acks, customer: str, case_id: str) -> list[str]:
    with store.read() as tx:
        task = open_tasks(tx, case_id)[0]
    came = complete(store, Completion(task.id, investor(customer), f"of-{customer}"))
    acks.write(Ack("submission", case_id, f"of-{customer}"))
    return list(came.jobs)


def forget_the_end(store: Store, job_id: str) -> None:
    """As if the job's row did not say that it is done."""
    with store.write() as tx:
        job = tx.get_one(Job, job_id)
        job.status, job.ended_at = "sent", None


def looked_at(tx: Session, photo_id: str) -> None:
    photo = tx.get_one(photos.Photo, photo_id)
    photo.status = "ready"


HOW: dict[str, Callable[[Store, Acks, str, str], None]] = {
    way.__name__: way for way in (answer_first, commit_then_enqueue, without_fence, with_outbox)
}


def main(how: str, folder: str, url: str, customer: str, case_id: str) -> None:
    store = store_at(url, Path(folder), MONDAY)
    HOW[how](store, Acks(Path(folder) / "acks"), customer, case_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
