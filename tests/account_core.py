"""A company's account system in miniature, on a real socket: it keeps the contract, and misbehaves on demand."""

from __future__ import annotations

import json
import select
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock, Thread
from typing import Any

SECRET = "a-secret-of-the-tests-only"
AT = "2026-11-24T09:54:11+08:00"
Json = dict[str, Any]
Mishap = Callable[["Desk", Json], None]
"""What goes wrong with one request: it is given the answer that the core would have sent."""


@dataclass
class Core:
    """Customers by ID number, and what became of each key. `mishaps` befall the next requests, one each."""

    customers: dict[str, Json] = field(default_factory=dict)
    pictures: dict[tuple[str, str], bytes] = field(default_factory=dict)
    changes: dict[str, Json] = field(default_factory=dict)
    refuses: str = ""
    asked: list[tuple[str, str, Json]] = field(default_factory=list)
    mishaps: list[Mishap] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def answer(self, method: str, path: str, body: Json) -> Json:
        with self.lock:
            self.asked.append((method, path, body))
            return self._judged(method, path.strip("/").split("/"), body)

    def count(self, method: str, start: str) -> int:
        return sum(one[0] == method and one[1].startswith(start) for one in self.asked)

    def _judged(self, method: str, way: list[str], body: Json) -> Json:
        if way == ["about"]:
            return {"contract": 1, "name": "样例账户系统"}
        if way == ["customers", "search"]:
            return {"customer": self.customers.get(body["id_number"])}
        if way[0] == "changes" and method == "GET":
            return self.changes.get(way[1], {"state": "unknown"})
        if way[0] == "changes" and way[2:] == ["withdrawal"]:
            return self._withdraw(way[1])
        if way[0] == "changes" and method == "PUT":
            return self._change(way[1], body)
        raise KeyError(way)

    def _change(self, key: str, body: Json) -> Json:
        done = self.changes.get(key, {})
        if done.get("state") in ("applied", "withdrawn"):
            return done
        if self.refuses:
            self.changes[key] = {"state": "refused", "code": self.refuses}
        else:
            self._bring(body)
            self.changes[key] = {"state": "applied", "at": AT}
        return self.changes[key]

    def _bring(self, body: Json) -> None:
        customer = self.customers[body["customer"]["id_number"]]
        gone = {(card["bank"], card["number"]) for card in body["remove"]}
        staying = [card for card in customer["cards"] if (card["bank"], card["number"]) not in gone]
        customer["cards"] = staying + [{**card, "linked": False} for card in body["add"]]

    def _withdraw(self, key: str) -> Json:
        if self.changes.get(key, {}).get("state") != "applied":
            self.changes[key] = {"state": "withdrawn"}
        return self.changes[key]


class Desk(BaseHTTPRequestHandler):
    """One connection of the core."""

    protocol_version = "HTTP/1.1"
    core: Core

    def _serve(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        if self.headers.get("Authorization") != f"Bearer {SECRET}":
            return self.send(401, b"{}")
        path = self.path.removeprefix("/kaihu")
        if path == "/customers/photo":
            return self.send(200, self.core.pictures[body["id_number"], body["slot"]], "image/jpeg")
        mishap = self.core.mishaps.pop(0) if self.core.mishaps else None
        if mishap is not None and mishap is not lost and mishap not in LATE:
            self.core.asked.append((self.command, path, body))
            return mishap(self, {})
        answer = self.core.answer(self.command, path, body)
        return mishap(self, answer) if mishap else self.send(200, json.dumps(answer).encode())

    do_GET = do_POST = do_PUT = _serve

    def send(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the tests' own output."""


def lost(desk: Desk, answer: Json) -> None:
    """Done, but the answer never arrives."""
    desk.close_connection = True


def slow(desk: Desk, answer: Json) -> None:
    """Done, and silent until the one who asked has gone."""
    desk.connection.recv(1)
    desk.close_connection = True


def dripping(desk: Desk, answer: Json) -> None:
    """A byte now and then, for ever: no single one of them is late."""
    desk.send_response(200)
    desk.send_header("Content-Type", "application/json")
    desk.send_header("Content-Length", "1000000")
    desk.end_headers()
    with suppress(OSError):
        while not select.select([desk.connection], [], [], 0.01)[0]:
            desk.wfile.write(b" ")
    desk.close_connection = True


LATE = (lost, slow, dripping)
"""Mishaps after the work was done; the others come instead of it."""


def says(status: int, body: bytes = b"{}", kind: str = "application/json", **headers: str) -> Mishap:
    """This, and nothing is done."""
    return lambda desk, answer: desk.send(status, body, kind, **headers)


def babble(desk: Desk, answer: Json) -> None:
    """No HTTP at all."""
    desk.wfile.write(b"220 mail.example ready\r\n")
    desk.close_connection = True


@contextmanager
def serving(core: Core, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """The base address of the core, on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Desk", (Desk,), {"core": core}))
    server.daemon_threads = True
    server.handle_error = lambda request, address: None  # type: ignore[method-assign]
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}/kaihu"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def put_secret(folder: Path, text: str = SECRET, mode: int = 0o600) -> None:
    """The file with the secret, in a data folder."""
    path = folder / "account_system.secret"
    path.unlink(missing_ok=True)
    path.touch(mode)
    path.write_text(f"{text}\n")


def customer(id_number: str, name: str = "张三", branch: str = "beijing", cards: list[Json] | None = None) -> Json:
    """A customer as the contract tells him."""
    return {
        "id_number": id_number, "name": name, "phone": "13800138000", "account_number": "88001234",
        "account_type": "期货经纪账户", "address": "样例市样例路1号", "issuer": "样例市公安局",
        "valid_from": "2016-05-02", "valid_until": None, "long_term": True, "branch": branch,
        "cards": cards or [], "photos": [],
    }  # fmt: skip


def card(bank: str, number: str, linked: bool = False) -> Json:
    return {"bank": bank, "outlet": "样例市和平路支行", "number": number, "linked": linked}
