"""Jobs that nobody could finish, made for the tests of incidents."""

from __future__ import annotations

from engine import audit, incidents, outbox
from engine.cases.inbox import new_job
from engine.store import Store
from engine.tables import AuditRow, Incident
from tests.house import staff
from tests.walk import Walk

OPERATOR = staff("ops", "operator")
RETAKE = "photos.verdict=retake"


def broken(case: Walk, error: str = "TimeoutError in send:30") -> Incident:
    """The photographs of a case could not be checked: its one try failed for good."""
    case.do("upload_photos")
    case.until("photo.check")
    [sent] = [each for each in outbox.due(case.store) if each.service == "photo.check"]
    outbox.fail(case.store, sent.job_id, sent.attempt, error, permanent=True)
    return of_job(case, sent.job_id)


def of_job(case: Walk, job_id: str) -> Incident:
    """The one that waits."""
    with case.store.read() as tx:
        return next(row for row in incidents.of_case(tx, case.id) if row.job_id == job_id and row.resolved_at is None)


def latest(case: Walk) -> Incident:
    with case.store.read() as tx:
        return incidents.of_case(tx, case.id)[-1]


def rows(store: Store, case: Walk, action: str) -> list[AuditRow]:
    with store.read() as tx:
        return [row for row in audit.history(tx, audit.case_chain(case.id)) if row.action == action]


def broken_draft(store: Store, case: Walk, error: str) -> Incident:
    """A job that no task of the diagram waits for."""
    with store.write() as tx:
        tx.add(new_job(store, case.id, "notice.send", {"template": "none"}, store.clock.now()))
    [sent] = [each for each in outbox.due(store) if each.service == "notice.send"]
    outbox.fail(store, sent.job_id, sent.attempt, error, permanent=True)
    return of_job(case, sent.job_id)
