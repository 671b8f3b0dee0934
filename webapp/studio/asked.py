"""A process of its own that is asked by a line and answers by one, one thing at a time. It has no environment."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Any

from engine.bundles import Bundle
from engine.bundles.manifest import pack

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS = 60
"""For one answer, the start of the process included."""


class Broken(Exception):
    """The process ended without an answer, or was ended because none came in time."""


class Asked:
    """`python -m MODULE WORDS`; it is sent the packed versions with the first question."""

    def __init__(self, module: str, words: Iterable[str], versions: Iterable[Bundle]) -> None:
        self.lock = Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, env={},
        )  # fmt: skip
        self._first = b"".join(f"{len(each)}\n".encode() + each for each in (pack(one.files) for one in versions))

    def ask(self, question: Mapping[str, Any]) -> dict[str, Any]:
        """The answer; Broken, after which this process is of no more use."""
        ending = Timer(SECONDS, self.end)
        ending.start()
        try:
            _pipe(self._process.stdin).write(self._first + json.dumps(question).encode() + b"\n")
            _pipe(self._process.stdin).flush()
            self._first = b""
            answer: dict[str, Any] = json.loads(_pipe(self._process.stdout).readline())
        except (OSError, ValueError) as wrong:
            self.end()
            raise Broken from wrong
        finally:
            ending.cancel()
        return answer

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what was not read any more is lost with it
                _pipe(pipe).close()


def _pipe(found: IO[bytes] | None) -> IO[bytes]:
    assert found is not None
    return found
