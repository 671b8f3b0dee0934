"""Pages that wait, as the server sees them: each an open connection that reads what it is told and when."""

from __future__ import annotations

import asyncio
import contextlib
import json
import resource
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

GATHERED = 50
ATTEMPTS = 5


@dataclass
class Listener:
    """One open page. `heard` is what it was told, with the time."""

    case_id: str
    status: int = 0
    heard: list[tuple[float, dict[str, object]]] = field(default_factory=list)

    def first(self, key: str, value: object, since: float) -> float | None:
        """Seconds from that moment until it was told so."""
        found = (at - since for at, one in self.heard if at >= since and one.get(key) == value)
        return next(found, None)

    def next(self, since: float) -> float | None:
        """Seconds until it was told anything of its case or its line."""
        return next((at - since for at, one in self.heard if at >= since and "case" in one), None)


class Listeners:
    """Many pages in one thread of this process, each from one of 200 addresses of this machine."""

    def __init__(self, port: int, cookie: str, case_ids: Sequence[str], pause: float = 3.0) -> None:
        self._port, self._cookie, self._pause = port, cookie, pause
        self.all = [Listener(case_id) for case_id in case_ids]
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Listeners:
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
        self._loop = asyncio.new_event_loop()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(RuntimeError):  # the thread is over, its loop closed
            self._loop.call_soon_threadsafe(self._stop)
        self._thread.join(30)

    def open(self, patience: float = 120) -> float:
        """Seconds until all have been told how things are."""
        began = time.monotonic()
        while sum(bool(one.heard) for one in self.all) < len(self.all):
            refused = {one.status for one in self.all} - {0, 200}
            if refused or time.monotonic() - began > patience:
                raise TimeoutError(
                    f"{sum(bool(one.heard) for one in self.all)} of {len(self.all)} were told something; {refused}"
                )
            time.sleep(0.02)
        return time.monotonic() - began

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner, contextlib.suppress(asyncio.CancelledError):
            runner.run(self._open_all())

    def _stop(self) -> None:
        for task in asyncio.all_tasks(self._loop):
            task.cancel()

    async def _open_all(self) -> None:
        gate = asyncio.Semaphore(GATHERED)
        addresses = (f"127.0.1.{number % 200 + 1}" for number in range(len(self.all)))
        listening = (self._listen(one, address, gate) for one, address in zip(self.all, addresses, strict=True))
        await asyncio.gather(*listening, asyncio.Event().wait())

    async def _listen(self, one: Listener, address: str, gate: asyncio.Semaphore) -> None:
        """Asked again while nothing answers, as a browser's EventSource does; a stream that ended is over."""
        for _ in range(ATTEMPTS):
            with contextlib.suppress(OSError):
                await self._once(one, address, gate)
            if one.status:
                return
            await asyncio.sleep(self._pause)

    async def _once(self, one: Listener, address: str, gate: asyncio.Semaphore) -> None:
        """Connected and asked under one gate: a connection that waits without a word is closed by a server."""
        with contextlib.ExitStack() as held:
            async with gate:
                reader, writer = await asyncio.open_connection("127.0.0.1", self._port, local_addr=(address, 0))
                held.callback(writer.transport.abort)
                await self._ask(one, reader, writer)
            while not reader.at_eof():
                await self._read(one, reader)

    async def _ask(self, one: Listener, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ask = f"GET /cases/{one.case_id}/events HTTP/1.1\r\nHost: localhost\r\nCookie: {self._cookie}\r\n\r\n"
        writer.write(ask.encode())
        if answer := await reader.readline():
            one.status = int(answer.split()[1])
            await self._read(one, reader)

    async def _read(self, one: Listener, reader: asyncio.StreamReader) -> None:
        """On to the next thing it is told."""
        while line := await reader.readline():
            if line.startswith(b"data: "):
                one.heard.append((time.monotonic(), json.loads(line[6:])))
                return
