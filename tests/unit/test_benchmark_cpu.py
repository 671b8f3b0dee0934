"""The benchmarks' measure of CPU time counts threads and processes that have ended: it never runs backwards."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from threading import Thread

import pytest

from benchmarks import cpu

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the clocks are Linux's")
WORK = 0.03
BUSY = f"import time\nwhile time.process_time() < {WORK}: pass\nprint('done', flush=True)\ninput()"


def test_time_of_a_thread_that_has_ended_is_counted() -> None:
    meter, left = cpu.Meter(os.getpid()), _of_threads_that_are_left()
    before = meter.spent()
    worker = Thread(target=_work)
    worker.start()
    worker.join()
    spent, of_those_left = meter.spent() - before, _of_threads_that_are_left() - left
    assert spent >= WORK * 1e9
    assert of_those_left < spent, "as the sum over threads says, which falls short of the ended one"


def test_a_process_that_has_ended_keeps_what_it_has_spent() -> None:
    meter = cpu.Meter(os.getpid())
    with subprocess.Popen([sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in cpu.tree(os.getpid())
        before = meter.spent()
        child.communicate(b"\n")
    assert child.pid not in cpu.tree(os.getpid())
    assert meter.spent() >= before
    assert cpu.Meter(os.getpid()).spent() <= meter.spent() - WORK * 1e9, "as one does that has not seen the child"


def _work() -> None:
    while time.thread_time() < WORK:
        pass


def _of_threads_that_are_left() -> int:
    threads = (cpu.PROC / str(os.getpid()) / "task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads)
