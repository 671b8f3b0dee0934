"""A PostgreSQL server of the run's own, which is killed as the other parts are."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from tests.crash.killing import wait_for
from workers.limits import die_with_parent

USER = "postgres"  # it does not run as root
SECONDS = 60.0
OPTIONS = ("listen_addresses=",)
LAX = ("synchronous_commit=off", "wal_writer_delay=10s")
"""Says committed before it is: what an operator might choose for its speed, and the control of the killed server."""


def binaries() -> Path | None:
    """The newest server on this machine; Debian keeps it off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def tidy(folder: Path) -> None:
    """Remove the server's data of a run on this folder."""
    kept = folder / "cluster"
    if kept.exists():
        shutil.rmtree(kept.read_text("utf-8"), ignore_errors=True)


@dataclass(frozen=True)
class Cluster:
    """It lies in a temporary folder of its user's: nobody else's data folder may be entered by him."""

    bin: Path
    data: Path
    settings: Sequence[str] = ()

    @classmethod
    def of(cls, folder: Path, settings: Sequence[str]) -> Cluster:
        """The one that an earlier run on this folder made, or a new one."""
        kept, there = folder / "cluster", binaries()
        if there is None:
            raise FileNotFoundError("initdb")
        if kept.exists():
            return cls(there, Path(kept.read_text("utf-8")), settings)
        data = Path(tempfile.mkdtemp(prefix="kaihu-pg-"))
        if os.getuid() == 0:
            os.chown(data, _person().pw_uid, _person().pw_gid)
        line = [there / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale"]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, cwd="/", **_as_user())  # type: ignore[call-overload]
        kept.write_text(str(data), "utf-8")
        return cls(there, data, settings)

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{USER}@/postgres?host={self.data}"

    @property
    def command(self) -> list[str]:
        options = [f"unix_socket_directories={self.data}", *OPTIONS, *self.settings]
        return [str(self.bin / "postgres"), "-D", str(self.data), *(word for one in options for word in ("-c", one))]

    def serve(self) -> None:
        """In a process of its own, which becomes the server."""
        os.chdir("/")
        if os.getuid() == 0:
            os.initgroups(USER, _person().pw_gid)
            os.setgid(_person().pw_gid)
            os.setuid(_person().pw_uid)
        die_with_parent()  # again: a change of the user ends that
        os.execv(self.command[0], self.command)

    @contextmanager
    def up(self) -> Iterator[None]:
        """While nobody is killed: to furnish, and to judge what a killed one left."""
        servers: list[subprocess.Popen[bytes]] = []

        def there() -> bool:
            if not servers or servers[-1].poll() is not None:  # the killed one's children may not have ended yet
                servers.append(subprocess.Popen(self.command, stderr=subprocess.DEVNULL, cwd="/", **_as_user()))  # type: ignore[call-overload]
            return self._answers()

        wait_for(there, SECONDS, "the database server")
        try:
            yield
        finally:
            servers[-1].send_signal(signal.SIGINT)
            servers[-1].wait()

    def _answers(self) -> bool:
        engine = create_engine(self.url)
        try:
            engine.connect().close()
        except OperationalError:
            time.sleep(0.1)
            return False
        finally:
            engine.dispose()
        return True


def _person() -> pwd.struct_passwd:
    return pwd.getpwnam(USER)


def _as_user() -> dict[str, object]:
    return {"user": USER, "group": _person().pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
