"""Checks of the parts: whether Kaihu runs, and whether each part does what it is there for."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from redis import Redis
from redis.exceptions import RedisError

from cli.finding import Check, Finding, Patient
from cli.own_address import state
from cli.running import Running, alive
from workers.queue import beside, connect_queue
from workers.settings import FILMS, READING, WorkerSettings

LATE = 60.0
PATIENCE = 2.0
COMMANDS = ("LMOVE", "XADD", "EVALSHA", "BLMOVE")  # RQ cannot do without them


def supervisor(patient: Patient) -> Iterator[Finding]:
    running = patient.running
    if running is None:
        yield Finding("note", "running", f"Kaihu does not run on this folder (kaihu up --data {patient.place.data})")
    elif not running.is_alive:
        yield Finding(
            "wrong", "running", f"process {running.supervisor} was killed", f"kaihu up --data {patient.place.data}"
        )
    else:
        yield Finding("ok", "running", f"process {running.supervisor}, port {running.port}")
        yield from _parts(patient, running)


def _parts(patient: Patient, running: Running) -> Iterator[Finding]:
    dead = [name for name, pid in running.parts.items() if not alive(pid)]
    if dead:
        logs = ", ".join(str(patient.place.logs / f"{name}.log") for name in dead)
        yield Finding("wrong", "parts", f"not running: {', '.join(dead)}", f"the last lines say why: {logs}")
    else:
        yield Finding("ok", "parts", ", ".join(f"{name} {pid}" for name, pid in running.parts.items()))


def queue_server(patient: Patient) -> Iterator[Finding]:
    address = patient.running.queue if patient.running and patient.is_up else patient.place.redis_url
    if address is None:
        return
    try:
        with Redis.from_url(
            address, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, decode_responses=True
        ) as server:
            version = server.info("server").get("redis_version", "?")
            known = {name.upper() for name in server.command_list()}
    except (RedisError, OSError) as wrong:
        cure = "the supervisor starts it again; if not, read queue.log"
        cure = cure if address.startswith("unix:") else "start it, or mend REDIS_URL; accepted work waits meanwhile"
        yield Finding("wrong", "queue server", f"{_shown(address)} does not answer ({type(wrong).__name__})", cure)
        return
    missing = [name for name in COMMANDS if name not in known]
    if missing:
        cure = "use Valkey or Redis 6.2 or newer"
        yield Finding("wrong", "queue server", f"{_shown(address)} knows no {', '.join(missing)}", cure)
    else:
        yield Finding("ok", "queue server", f"{_shown(address)}, answers as version {version}")


def relay(patient: Patient) -> Iterator[Finding]:
    if not patient.is_up:
        return
    try:
        age = time.time() - (patient.place.data / "beats" / "relay").stat().st_mtime
    except OSError:
        age = float("inf")
    log = patient.place.logs / "relay.log"
    if age > LATE:
        said = "never showed a sign of life" if age == float("inf") else f"last came round {age:.0f} s ago"
        yield Finding("wrong", "relay", f"{said}: jobs and timers wait", f"see {log}; start Kaihu again")
    else:
        yield Finding("ok", "relay", f"came round {max(age, 0):.0f} s ago")


def worker(patient: Patient) -> Iterator[Finding]:
    yield from _takes_jobs(patient, "worker", "")


def reader(patient: Patient) -> Iterator[Finding]:
    yield from _takes_jobs(patient, "reader", READING)


def films(patient: Patient) -> Iterator[Finding]:
    yield from _takes_jobs(patient, "films", FILMS)


def _takes_jobs(patient: Patient, part: str, name: str) -> Iterator[Finding]:
    """An idle worker speaks up every few minutes only, so the question is whether RQ knows the process that runs."""
    if not patient.is_up or patient.running is None:
        return
    from rq import Worker

    place = patient.place
    ordinary = connect_queue(WorkerSettings(place.data, place.database_url, patient.running.queue), PATIENCE)
    try:
        queue = beside(ordinary, name)
        known = {each.pid for each in Worker.all(queue=queue)}
        waiting = len(queue)
    finally:
        ordinary.connection.close()
    if patient.running.parts.get(part) in known:
        yield Finding("ok", part, f"takes jobs; {waiting} in the queue")
    else:
        yield Finding("wrong", part, f"does not take jobs; {waiting} wait", f"see {place.logs / f'{part}.log'}")


def web(patient: Patient) -> Iterator[Finding]:
    if not patient.is_up or patient.running is None:
        return
    address = f"{patient.running.scheme}://127.0.0.1:{patient.running.port}/healthz"
    said = state(address, PATIENCE)
    if said == "ok":
        yield Finding("ok", "web", f"{address} says ok")
    else:
        yield Finding("wrong", "web", f"{address} says {said}", f"see {patient.place.logs / 'web.log'}")


def _shown(address: str) -> str:
    """Without the password that REDIS_URL may hold."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.path if parts.scheme == 'unix' else parts.netloc.rsplit('@', 1)[-1]}"


CHECKS = [
    ("running", Check(supervisor, ["data folder"])),
    ("queue server", Check(queue_server)),
    ("relay", Check(relay)),
    ("worker", Check(worker, ["queue server", "parts"])),
    ("reader", Check(reader, ["queue server", "parts"])),
    ("films", Check(films, ["queue server", "parts"])),
    ("web", Check(web, ["parts"])),
]
