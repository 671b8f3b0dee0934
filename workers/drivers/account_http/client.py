"""One request to the account system: sent over TLS with the secret, answered in time and in measure, or Unavailable.

On http.client, which does nothing by itself: no redirect, no proxy from the environment, no other scheme.
"""

from __future__ import annotations

import http.client
import json
import re
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.accounts import Unavailable
from workers.drivers.account_http.address import Address, NotSetUp, read_secret, trust

MEGABYTE = 1024 * 1024
PIECE = 64 * 1024
KEY = re.compile(r"(?<=/changes/)[^/]+")
"""Left out of what is told, so that the same trouble reads the same for every case."""
TRY_AGAIN = frozenset({408, 425, 429})


@dataclass(frozen=True)
class Patience:
    """Seconds until a connection stands, and from then on until the whole answer is there."""

    connect: float
    answer: float


LOOK_UP, CHANGE = Patience(2, 5), Patience(5, 30)


@dataclass(frozen=True)
class Answer:
    """What came with 200."""

    kind: str
    body: bytes


class Client:
    """Asks the account system at one address. Holds no connection, so it may be carried over a fork."""

    def __init__(self, address: Address, folder: Path) -> None:
        self.address, self.folder = address, folder
        self.tls = trust(folder) if address.tls else None

    def ask(self, method: str, path: str, body: object = None, patience: Patience = LOOK_UP) -> Mapping[str, Any]:
        """The JSON object that was answered."""
        what = f"{method} {KEY.sub('KEY', path)}"
        answer = self.fetch(method, path, body, patience)
        if answer.kind != "application/json":
            raise Unavailable(f"{what}: answered with no JSON", permanent=True)
        try:
            document = json.loads(answer.body)
        except (ValueError, RecursionError):
            raise Unavailable(f"{what}: answered with broken JSON", permanent=True) from None
        if not isinstance(document, dict):
            raise Unavailable(f"{what}: answered with no JSON object", permanent=True)
        return document

    def fetch(
        self, method: str, path: str, body: object = None, patience: Patience = LOOK_UP, limit: int = MEGABYTE
    ) -> Answer:
        """What was answered with 200, at most `limit` bytes of it."""
        what = f"{method} {KEY.sub('KEY', path)}"
        try:
            status, answer = self._exchange(method, path, body, patience, limit)
        except NotSetUp as wrong:
            raise Unavailable(str(wrong), permanent=True) from None
        except ssl.SSLCertVerificationError as wrong:
            raise Unavailable(f"its certificate is not trusted: {wrong.verify_message}", permanent=True) from None
        except TimeoutError:
            raise Unavailable(f"{what}: no answer in time") from None
        except (OSError, http.client.IncompleteRead) as wrong:
            raise Unavailable(f"{what}: no answer ({type(wrong).__name__})") from None
        except http.client.HTTPException as wrong:
            raise Unavailable(f"{what}: answered with no HTTP ({type(wrong).__name__})", permanent=True) from None
        if status != 200:
            raise Unavailable(f"{what}: {_meaning(status)}", permanent=status < 500 and status not in TRY_AGAIN)
        if answer is None:
            raise Unavailable(f"{what}: answered with more than {limit} bytes", permanent=True)
        return answer

    def _exchange(
        self, method: str, path: str, body: object, patience: Patience, limit: int
    ) -> tuple[int, Answer | None]:
        connection = self._connection(patience.connect)
        text = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            connection.connect()
            connection.sock.settimeout(patience.answer)
            late = time.monotonic() + patience.answer
            connection.request(method, self.address.path + path, text, self._headers())
            answer = connection.getresponse()
            whole = _whole(answer, limit, late)
            kind = answer.headers.get_content_type()
            return answer.status, None if whole is None else Answer(kind, whole)
        finally:
            connection.close()

    def _connection(self, seconds: float) -> http.client.HTTPConnection:
        host, port = self.address.host, self.address.port
        if self.tls is None:
            return http.client.HTTPConnection(host, port, timeout=seconds)
        return http.client.HTTPSConnection(host, port, timeout=seconds, context=self.tls)

    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {read_secret(self.folder)}",
            "Content-Type": "application/json; charset=utf-8",
            "Accept-Encoding": "identity",
            "User-Agent": "Kaihu",
        }


def _whole(answer: http.client.HTTPResponse, limit: int, late: float) -> bytes | None:
    """The body; None when it is longer than the limit. TimeoutError when it drips in for too long."""
    pieces, length = [], 0
    while piece := answer.read1(PIECE):
        pieces.append(piece)
        length += len(piece)
        if length > limit:
            return None
        if time.monotonic() > late:
            raise TimeoutError
    if answer.length:
        raise http.client.IncompleteRead(b"".join(pieces), answer.length)
    return b"".join(pieces)


def _meaning(status: int) -> str:
    if status in (401, 403):
        return f"the secret is not accepted (HTTP {status})"
    if 300 <= status < 400:
        return f"sent elsewhere, which is not followed (HTTP {status})"
    return f"HTTP {status}"
