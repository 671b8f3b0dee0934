"""Whoever can write to the queue server still cannot run anything of his own."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from rq import Queue, SimpleWorker
from rq.job import Job

from workers import run
from workers.queue import Forged, KaihuJob, send

ID = "0" * 32


def forged(queue: Queue, data: list[object], **fields: str) -> str:
    """Write a job into Redis as an intruder would: past RQ's own checks."""
    job = Job.create("os.getpid", connection=queue.connection, serializer="json", id="forged", origin=queue.name)
    job.save()
    raw = zlib.compress(json.dumps(data).encode())
    queue.connection.hset(job.key, mapping={"data": raw, **fields})
    queue.connection.rpush(queue.key, job.id)
    return job.id


def work(queue: Queue, job_class: type[Job] = KaihuJob) -> None:
    same = Queue(queue.name, connection=queue.connection, job_class=job_class, serializer="json")
    SimpleWorker([same], connection=queue.connection, job_class=job_class, serializer="json").work(
        burst=True, logging_level="CRITICAL"
    )


def touching(tmp_path: Path) -> tuple[Path, list[object]]:
    target = tmp_path / "touched"
    return target, ["os.system", None, [f"touch {target}"], {}]


def test_a_forged_function_is_refused(queue: Queue, tmp_path: Path) -> None:
    target, data = touching(tmp_path)
    job_id = forged(queue, data)
    work(queue)
    assert not target.exists()
    assert KaihuJob.fetch(job_id, connection=queue.connection, serializer="json").get_status() == "failed"


def test_with_rqs_own_job_class_it_would_run(queue: Queue, tmp_path: Path) -> None:
    """The control of the test above."""
    target, data = touching(tmp_path)
    forged(queue, data)
    work(queue, Job)
    assert target.exists()


@pytest.mark.parametrize("field", ["success_callback_name", "failure_callback_name", "stopped_callback_name"])
def test_a_forged_callback_is_never_imported(queue: Queue, field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    monkeypatch.setattr(run, "perform", lambda *args: called.append(args))
    forged(queue, [run.NAME, None, [ID, 1], {}], **{field: "module_that_is_not_there.anything"})
    work(queue)
    assert called == [(ID, 1)]
    assert KaihuJob.fetch("forged", connection=queue.connection, serializer="json").get_status() == "finished"


@pytest.mark.parametrize(
    "data",
    [
        ["workers.run.perform_in", None, [ID, 1], {}],
        ["perform", {"a": 1}, [ID, 1], {}],
        [run.NAME, None, [ID], {}],
        [run.NAME, None, ["../../etc/passwd", 1], {}],
        [run.NAME, None, [ID, "1"], {}],
        [run.NAME, None, [ID, True], {}],
        [run.NAME, None, [ID, 1], {"house": 1}],
    ],
    ids=["other function", "method", "too few", "no id", "text attempt", "boolean attempt", "keyword"],
)
def test_arguments_are_ids_and_nothing_else(queue: Queue, data: list[object]) -> None:
    forged(queue, data)
    with pytest.raises(Forged):
        KaihuJob.fetch("forged", connection=queue.connection, serializer="json").perform()


def test_redis_holds_ids_alone(queue: Queue) -> None:
    send(queue, ID, 2, 60)
    job = KaihuJob.fetch(f"{ID}-2", connection=queue.connection, serializer="json")
    assert (job.description, job.args, job.kwargs) == (f"{ID}-2", [ID, 2], {})


def test_a_job_of_ours_is_done(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[object] = []
    performed: Callable[..., None] = lambda *args: called.append(args)  # noqa: E731
    monkeypatch.setattr(run, "perform", performed)
    send(queue, ID, 1, 60)
    work(queue)
    assert called == [(ID, 1)]
