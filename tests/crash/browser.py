"""A small browser: cookies, forms and patience. Standard library only."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from threading import Event
from urllib.parse import urlencode
from uuid import uuid4

Fields = Mapping[str, str | Sequence[str]]
Files = Mapping[str, bytes]


class TooLate(Exception):
    """The server did not answer before the deadline."""


@dataclass(frozen=True)
class Answer:
    """What came back; `path` is where it was found after redirects."""

    status: int
    path: str
    location: str
    text: str

    def hidden(self, name: str) -> str:
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        assert found, f"no field {name} in {self.path}: {self.status} {self.text[:300]}"
        return found[1]


@dataclass
class Browser:
    """One person's browser. What gets no answer is asked again, as a person reloads or sends a form again."""

    port: int
    deadline: float
    sending: Event = field(default_factory=Event)
    cookies: dict[str, str] = field(default_factory=dict)
    refused: int = 0

    def get(self, path: str) -> Answer:
        """A page, redirects followed."""
        answer = self._patiently("GET", path, b"", "")
        while answer.status in (302, 303):
            answer = self._patiently("GET", answer.location, b"", "")
        return answer

    def post(self, path: str, fields: Fields, files: Files | None = None) -> Answer:
        """Send a form; the same bytes again when no answer came."""
        body, kind = multipart(fields, files) if files else (urlencode(fields, doseq=True).encode(), FORM)
        self.sending.set()
        return self._patiently("POST", path, body, kind)

    def _patiently(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        while time.monotonic() < self.deadline:
            try:
                answer = self._ask(method, path, body, kind)
            except (OSError, HTTPException):
                self.refused += 1
                time.sleep(0.1)
                continue
            if answer.status < 500:
                return answer
            self.refused += 1
            time.sleep(0.2)
        raise TooLate(f"{method} {path}")

    def _ask(self, method: str, path: str, body: bytes, kind: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            connection.request(method, path, body or None, headers | ({"Content-Type": kind} if kind else {}))
            got = connection.getresponse()
            text = got.read().decode("utf-8", "replace")
            self._keep(got.headers.get_all("Set-Cookie") or [])
            return Answer(got.status, path, (got.headers["Location"] or "").removeprefix(self.origin), text)
        finally:
            connection.close()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _keep(self, lines: Sequence[str]) -> None:
        for line in lines:
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value


FORM = "application/x-www-form-urlencoded"


def multipart(fields: Fields, files: Files) -> tuple[bytes, str]:
    edge = uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, values in fields.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    for name, data in files.items():
        head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="x.jpg"\r\n'
        parts.append(f"{head}Content-Type: image/jpeg\r\n\r\n".encode() + data + b"\r\n")
    return b"".join(parts) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
