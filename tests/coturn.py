"""A relay of a test's own: coturn on free ports of this machine, with a secret."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crash.harness import free_port
from tests.crash.killing import wait_for

SECRET = "a-secret-of-the-tests"
QUIET = ("--no-cli", "--no-tls", "--no-dtls", "--fingerprint", "--allow-loopback-peers", "--log-file=stdout")


@dataclass(frozen=True)
class Coturn:
    """`relayed` says whether something went through it."""

    port: int
    log: Path

    def url(self, transport: str = "udp") -> str:
        return f"turn:127.0.0.1:{self.port}?transport={transport}"


@contextmanager
def coturn(folder: Path, *, port: int = 0, secret: str = SECRET) -> Iterator[Coturn]:
    """Missing in CI is a failure, elsewhere a skip."""
    binary = shutil.which("turnserver")
    if binary is None:
        assert os.environ.get("CI") != "true", "apt-get install coturn"
        pytest.skip("no coturn on this machine")
    folder.mkdir(exist_ok=True)
    there = Coturn(port or free_port(), folder / "log")
    here = ("--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1", f"--listening-port={there.port}")
    known = ("--use-auth-secret", f"--static-auth-secret={secret}", "--realm=kaihu")
    own = (f"--userdb={folder}/db", f"--pidfile={folder}/pid")
    with there.log.open("wb") as out:
        process = subprocess.Popen([binary, "-n", *QUIET, *here, *known, *own], stdout=out, stderr=out)
    try:
        wait_for(lambda: "Relay ports initialization done" in there.log.read_text("utf-8", "replace"), 20, "coturn")
        yield there
    finally:
        process.terminate()
        process.wait(20)
