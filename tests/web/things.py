"""What Wang has in the tests of access, and the demonstration that they run in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from engine.accounts import add_obligation
from engine.cases import open_case
from engine.cases.inbox import new_job
from engine.store import Store
from engine.tables import Case, Incident, Photo, Task
from tests.web.conftest import EXTRA, LI, MAIN, WANG, company, put_on_file
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


@pytest.fixture
def things(store: Store) -> dict[str, str]:
    """What Wang has: a case with an open step, a photograph in it, an obligation, a task at a desk, an incident."""
    put_on_file(store, LI)
    case_id = open_case(
        store, business=MAIN, customer_id=WANG.id, branch_id=WANG.branch, settings=company(store).settings
    )
    now = store.clock.now()
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
        tx.flush()
        job = new_job(store, case_id, "notice.send", {"template": "none"}, now)
        job.status = "incident"
        tx.add(job)
        tx.flush()
        tx.add(Incident(id="wangs-incident", case_id=case_id, job_id=job.id, cause="TimeoutError in send:30", at=now))
        obligation = add_obligation(tx, store.ids, now, WANG.id, EXTRA, forced=False)
    return {
        "CASE": case_id,
        "STEP": step,
        "PHOTO": "wangs-photo",
        "DESK_TASK": "wangs-review",
        "OBLIGATION": obligation,
        "INCIDENT": "wangs-incident",
    }
