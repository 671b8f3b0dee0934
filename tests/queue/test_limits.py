"""One job takes so much and no more, and does not outlive its worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux is asked")

GREEDY = """
from workers.limits import limit_memory
{limit}
try:
    bytearray(300 * 1024 * 1024)
    print("taken")
except MemoryError:
    print("refused")
"""

PARENT = """
import os, sys, time
from workers.limits import die_with_parent
if os.fork() == 0:
    {die}
    print(os.getpid(), flush=True)
    time.sleep(60)
else:
    time.sleep(60)
"""


def said(program: str) -> str:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.strip()


@linux
def test_a_job_that_asks_for_too_much_memory_is_refused() -> None:
    assert said(GREEDY.format(limit="limit_memory(100 * 1024 * 1024)")) == "refused"
    assert said(GREEDY.format(limit="")) == "taken"  # the control


@linux
@pytest.mark.parametrize(("die", "survives"), [("die_with_parent()", False), ("pass", True)])
def test_a_job_dies_with_its_worker(die: str, survives: bool) -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT.format(die=die)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
        assert _lives(child) is survives
        if survives:
            os.kill(child, signal.SIGKILL)


def _lives(pid: int) -> bool:
    for _ in range(100):
        try:
            if Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z":
                return False
        except FileNotFoundError:
            return False
        time.sleep(0.005)
    return True
