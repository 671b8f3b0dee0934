"""Jobs that need no worker any more are answered where they would be sent: nobody waits for one that is away."""

from __future__ import annotations

import logging

from rq import Queue, Worker

from engine import outbox
from engine.outbox import SentJob
from engine.store import Store
from engine.tables import Job
from workers.catalogue import FUNCTIONS

_log = logging.getLogger("kaihu.relay")


def spared(store: Store, job: SentJob, queue: Queue) -> bool:
    """Answer this job at once where its service says that no worker need come for it to this queue."""
    declared = FUNCTIONS.get(job.service)
    if declared is None or declared.spared is None:
        return False
    with store.read() as tx:
        row = tx.get_one(Job, job.job_id)
    try:
        if not declared.spared(store, row.case_id, **row.args, there=Worker.count(queue=queue) > 0):
            return False
        outbox.finish(store, job.job_id, job.attempt, {})
    except Exception as wrong:  # whatever it is, a worker meets it too, and reports it
        _log.warning("job %s-%s is sent: %s", job.job_id, job.attempt, type(wrong).__name__)
        return False
    return True
