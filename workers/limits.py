"""Bounds on what one job may take, set in the process that does it and in no other."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import warnings
from pathlib import Path

MEMORY = 640 * 1024 * 1024  # beside what the process has when the job begins; reading a photograph takes 450
PR_SET_PDEATHSIG = 1


def limit_memory(more: int = MEMORY) -> None:
    """Linux: a job that asks for more than this gets a MemoryError, and the machine goes on."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    bound = pages * os.sysconf("SC_PAGE_SIZE") + more
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))


def limit_seconds(seconds: float) -> None:
    """Unix: this process is killed when it has worked for so long, waiting not counted; its memory goes to no disk."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, seconds)  # RLIMIT_CPU knows whole seconds only


def fork() -> int:
    """`os.fork`, for a child that does its one thing and exits: it needs no lock that another thread might hold."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns wherever there are threads
        return os.fork()


def die_with_parent() -> None:
    """Linux: when the parent is killed, this process is too; else a job would go on beside its second attempt."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
