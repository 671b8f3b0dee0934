"""A server under measurement: gunicorn as the product starts it, on a free port, ended by its own process id."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.installation import ROOT

WORKERS, THREADS = 2, 4
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """Where it listens, and the process under which all of it runs."""

    port: int
    pid: int


@contextmanager
def serving(application: str, given: Mapping[str, str], folder: Path) -> Iterator[Server]:
    """Serve `module:factory`, called with what is given, until the block ends."""
    port = _free_port()
    call = f"{application}({', '.join(f'{name}={value!r}' for name, value in given.items())})"
    line = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    line += ["--threads", str(THREADS), "--worker-class", "gthread", "--preload", call]
    line += ["--keep-alive", "75"]  # the client keeps its connection, as a proxy does
    with (folder / f"server-{port}.log").open("wb") as log:
        process = subprocess.Popen(line, cwd=ROOT, stdout=log, stderr=log, env={**os.environ, "PYTHONPATH": str(ROOT)})
        try:
            _wait(port, process)
            yield Server(port, process.pid)
        finally:
            process.terminate()
            process.wait(30)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise RuntimeError("the server did not come up")
