"""What Wang has in the tests of access, and the demonstration that they run in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.accounts import add_obligation
from engine.cases import open_case
from engine.cases.inbox import new_job
from engine.store import Store
from engine.tables import Appointment, CallStill, Case, Incident, Photo, Task, VideoCall
from tests.web.conftest import EXTRA, LI, MAIN, WANG, company, employ, put_on_file
from webapp.demonstration.people import SamplePerson, Specimen

PICTURE = b"\xff\xd8 canary of a photograph"


class Sample:
    """A demonstration of the tests."""

    def people(self) -> tuple[SamplePerson, ...]:
        return (
            SamplePerson(
                "wang", "investor", WANG.name, "样本", id_number=WANG.id_number, account_type=WANG.account_type
            ),
        )

    def specimen(self, customer_id: str, slot: str) -> Specimen | None:
        return Specimen("specimen.jpg", "image/jpeg", b"\xff\xd8 specimen")


def _call(tx: Session, case_id: str, verifier: str, blob: str, now: datetime) -> None:
    """A call that was recorded, with a still."""
    call = VideoCall(
        id="wangs-call", case_id=case_id, task_id="wangs-review", verifier=verifier, medium="peer", began_at=now,
        ended_at=now, outcome="pass",
    )  # fmt: skip
    tx.add(call)
    tx.flush()
    tx.add(
        CallStill(
            id="wangs-still", call_id=call.id, case_id=case_id, kind="face", side="investor", nonce="nonce-of-it",
            digest="", width=1, height=1, original=blob, picture=blob, status="ready", at=now,
        )
    )  # fmt: skip


def _booking(tx: Session, case_id: str, now: datetime) -> None:
    tomorrow = now + timedelta(days=1)
    tx.add(
        Appointment(
            id="wangs-booking", case_id=case_id, branch_id=WANG.branch, half="am", day=tomorrow.date(),
            starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=2), booked_at=now,
        )
    )  # fmt: skip


@pytest.fixture
def things(store: Store) -> dict[str, str]:
    """What Wang has: a case with an open step, a photograph in it, an obligation, a task at a desk, an incident."""
    put_on_file(store, LI)
    case_id = open_case(
        store, business=MAIN, customer_id=WANG.id, branch_id=WANG.branch, settings=company(store).settings
    )
    now, verifier = store.clock.now(), employ(store, "videograph", {"verifier"})
    with store.write() as tx:
        step = tx.scalars(select(Task.id).where(Task.case_id == case_id)).one()
        case = tx.get(Case, case_id)
        assert case
        case.started_at, case.number = now, "20261124000001"
        blob = store.vault.blobs.put(tx, case_id, PICTURE)
        tx.add(
            Photo(
                id="wangs-photo", case_id=case_id, slot="id_portrait", original=blob, upright=blob, crop=blob,
                chosen="crop", status="ready", record=None, by=WANG.id, at=now,
            )
        )  # fmt: skip
        tx.add(
            Task(
                id="wangs-review", case_id=case_id, step="review", role="reviewer", branch_id=WANG.branch, round=1,
                opened_at=now, due_at=now + timedelta(days=1),
            )
        )  # fmt: skip
        _booking(tx, case_id, now)
        tx.flush()
        _call(tx, case_id, verifier, blob, now)
        job = new_job(store, case_id, "notice.send", {"template": "none"}, now)
        job.status = "incident"
        tx.add(job)
        tx.flush()
        tx.add(Incident(id="wangs-incident", case_id=case_id, job_id=job.id, cause="TimeoutError in send:30", at=now))
        obligation = add_obligation(tx, store.ids, now, WANG.id, EXTRA, forced=False)
    return _ids(case_id, step, obligation)


def _ids(case_id: str, step: str, obligation: str) -> dict[str, str]:
    return {
        "CASE": case_id,
        "STEP": step,
        "PHOTO": "wangs-photo",
        "STILL": "wangs-still",
        "CALL": "wangs-call",
        "DESK_TASK": "wangs-review",
        "OBLIGATION": obligation,
        "INCIDENT": "wangs-incident",
    }
