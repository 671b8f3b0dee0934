"""What is running on a data folder: written by the supervisor at each change, read by `kaihu doctor`."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Running:
    """The processes of one running Kaihu. The queue's address may hold a password, so the file is its owner's alone."""

    supervisor: int
    port: int
    queue: str
    parts: Mapping[str, int]
    scheme: str = "http"

    def write(self, path: Path) -> None:
        """Replace the file in one step: a reader never sees half of it."""
        beside = path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(asdict(self), file)
        beside.replace(path)

    @property
    def is_alive(self) -> bool:
        return alive(self.supervisor)


def remember(running: Running, path: Path, say: Callable[[str], None]) -> None:
    """Write it down. A part may have died because the disk is full: that must not stop the others as well."""
    try:
        running.write(path)
    except OSError as wrong:
        say(f"{path} cannot be written ({wrong.strerror}); kaihu doctor does not see what runs until the next change")


def read(path: Path) -> Running | None:
    """What the last start wrote; None when there is nothing, or nothing that can be read."""
    try:
        return Running(**json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def alive(pid: int) -> bool:
    """Whether there is such a process."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def clear_away(path: Path) -> None:
    """Remove the file of a run that is over, with the socket folder that a killed one left behind."""
    over = read(path)
    if over is not None and over.queue.startswith("unix:"):
        folder = Path(urlsplit(over.queue).path).parent
        if folder.parent == Path(tempfile.gettempdir()) and folder.name.startswith("kaihu-"):
            shutil.rmtree(folder, ignore_errors=True)
    path.unlink(missing_ok=True)
