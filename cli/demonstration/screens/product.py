"""A whole Kaihu of its own: `kaihu up` on a free port with its own data folder."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.installation import Installation

START_SECONDS, STOP_SECONDS = 300.0, 60.0
SERVERS = ("DATABASE_URL", "REDIS_URL", "KAIHU_DATA")


@dataclass(frozen=True)
class Product:
    """One that runs. `pid` is the supervisor's; the parts are its children."""

    place: Installation
    port: int
    pid: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def health(self) -> dict[str, Any]:
        """What /healthz says; nothing while the web does not answer."""
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:  # noqa: S310  our own address
                found: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as refused:
            found = json.load(refused)
        except OSError:
            return {}
        return found


@contextmanager
def running(data: Path, log: Path, module: str = "cli", *words: str) -> Iterator[Product]:
    """A demonstration with the embedded database and queue server, stopped as Ctrl-C would.

    `module` is what is run, with `up`; it may be told more `words` than the product knows.
    """
    port = free_port()
    command = [sys.executable, "-m", module, "up", "--data", str(data), "--port", str(port), *words]
    environment = {name: value for name, value in os.environ.items() if name not in SERVERS}
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=environment)
        try:
            product = Product(Installation(data.resolve()), port, process.pid)
            wait_until_there(product, process, log)
            yield product
        finally:
            stop(process)


def wait_until_there(product: Product, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until web, database and queue say so."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        health = product.health()
        if health.get("database") and health.get("queue"):  # the reader still loads its models
            return
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise RuntimeError(f"the product did not start: {product.health()}\n{log.read_text()[-4000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
