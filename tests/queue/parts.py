"""The parts as processes of their own, and whom they find on file."""

from __future__ import annotations

import subprocess
import sys

from engine.store import Store
from engine.tables import Customer
from tests.unit.specimens import PERSON
from workers.house import House
from workers.settings import WorkerSettings

A_WORKER_HANGS = 600
"""Seconds: one on a busy machine is slow, and it ends by itself when the queue is empty."""
PART = """
import sys
from pathlib import Path
from tests.house import known
from workers.settings import WorkerSettings
from workers.worker import reader_main, worker_main

part, data, database, redis, queue = sys.argv[1:]
settings = WorkerSettings(Path(data), database, redis, known(), queue=queue)
{"worker": worker_main, "reader": reader_main}[part](settings, burst=True)
"""


def works(part: str, house: House, settings: WorkerSettings, before: str = "") -> None:
    """One part in a process of its own, until its queue is empty; `before` it starts, this is run there."""
    told = (part, settings.data_dir, house.store.db.url, settings.redis_url, settings.queue)
    command = [sys.executable, "-c", before + PART, *map(str, told)]
    worked = subprocess.run(command, check=True, capture_output=True, timeout=A_WORKER_HANGS)
    assert b"Error" not in worked.stderr, worked.stderr.decode()


def is_known(store: Store, who: str) -> None:
    """What is on file of a customer is that of the specimen's person."""
    said = {"name": PERSON.name, "phone": "13800138000", "account_number": "8800123456", "address": PERSON.address}
    with store.write() as tx:
        row = tx.get_one(Customer, who)
        for column, text in (said | {"id_number": PERSON.id_number, "issuer": PERSON.issuer}).items():
            setattr(row, column, store.vault.seal(f"customers.{column}", text))
