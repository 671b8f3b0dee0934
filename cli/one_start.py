"""One running Kaihu for one data folder."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click


@contextmanager
def one_start(lock: Path) -> Iterator[None]:
    """Hold the folder's lock as long as the product runs; a second start is told who has it."""
    with lock.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise click.ClickException(
                f"Kaihu already runs on {lock.parent} (process {file.read().strip() or 'unknown'}). "
                "Stop that one with Ctrl-C, or choose another folder: --data DIR"
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
