"""A media server of a test's own: Janus on free ports of this machine, with a configuration and a secret of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.crash.harness import free_port
from tests.crash.killing import wait_for

SECRET = "a-secret-of-the-tests"
OTHERS = {
    "plugins": "audiobridge duktape echotest lua nosip recordplay sip streaming textroom videocall voicemail",
    "transports": "mqtt nanomsg pfunix rabbitmq websockets",
}


@dataclass
class RealJanus:
    """One that can be killed and started again at the same address. `recordings` is where it writes."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/janus"

    @property
    def recordings(self) -> Path:
        return self.folder / "recordings"

    def configure(self) -> None:
        self.recordings.mkdir(mode=0o700, parents=True)
        off = "".join(f'{kind}: {{ disable = "{_names(kind)}" }}\n' for kind in OTHERS)
        general = f'general: {{ api_secret = "{SECRET}"; configs_folder = "{self.folder}"; protected_folders = [] }}\n'
        (self.folder / "janus.jcfg").write_text(f'{general}media: {{ rtp_port_range = "30000-39999" }}\n{off}')
        here = f'http = true; ip = "127.0.0.1"; port = {self.port}; https = false; base_path = "/janus"'
        (self.folder / "janus.transport.http.jcfg").write_text(
            f"general: {{ {here} }}\nadmin: {{ admin_http = false }}\n"
        )
        (self.folder / "janus.plugin.videoroom.jcfg").write_text("general: { }\n")

    def start(self) -> None:
        with (self.folder / "log").open("ab") as out:
            command = [shutil.which("janus") or "janus", "-F", str(self.folder), "-o"]
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out)
        wait_for(self.answers, 20, "Janus")

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/info", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """As when it crashes: nothing is flushed, nobody is told."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)


@contextmanager
def janus(folder: Path) -> Iterator[RealJanus]:
    """Missing in CI is a failure, elsewhere a skip."""
    if shutil.which("janus") is None:
        assert os.environ.get("CI") != "true", "apt-get install janus"
        pytest.skip("no Janus on this machine")
    there = RealJanus(folder)
    there.configure()
    there.start()
    try:
        yield there
    finally:
        if there.process is not None and there.process.poll() is None:
            there.kill()


def _names(kind: str) -> str:
    return ",".join(f"libjanus_{name}.so" for name in OTHERS[kind].split())
