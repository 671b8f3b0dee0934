"""A browser of the canary tests: speaks HTTP to the product as a proxy would, and keeps every page it was shown."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

Fields = Mapping[str, str | list[str]]


@dataclass(frozen=True)
class Answer:
    """What came back, and on which path it was asked."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    data: bytes

    @property
    def text(self) -> str:
        return self.data.decode("utf-8", "replace")

    @property
    def location(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.headers.get("location", ""))

    def hidden(self, name: str) -> str:
        tag = re.search(rf'<input[^>]*\bname="{name}"[^>]*>', self.text)
        assert tag, f"no field {name} on {self.path}: {self.status} {self.text[:300]}"
        value = re.search(r'\bvalue="([^"]*)"', tag[0])
        return value[1] if value else ""


@dataclass
class Visitor:
    """One browser. It comes from `address`, through a proxy that speaks HTTPS to it."""

    port: int
    address: str
    agent: str
    cookies: dict[str, str] = field(default_factory=dict)
    seen: list[Answer] = field(default_factory=list)

    def get(self, path: str) -> Answer:
        """The page, wherever the redirects lead."""
        answer = self._ask("GET", path, b"", {})
        for _ in range(5):
            if answer.status not in (301, 302, 303):
                return answer
            answer = self._ask("GET", answer.location, b"", {})
        raise AssertionError(f"{path} leads in a circle")

    def post(self, path: str, page: Answer, fields: Fields, files: Mapping[str, bytes] | None = None) -> Answer:
        """Send a form of this page; the answer itself, without following it."""
        whole = {"csrf_token": page.hidden("csrf_token"), **fields}
        kind, body = _multipart(whole, files) if files else (_PLAIN, urlencode(whole, doseq=True).encode())
        referer = f"https://127.0.0.1:{self.port}{page.path}"
        return self._ask("POST", path, body, {"Content-Type": kind, "Referer": referer})

    def _ask(self, method: str, path: str, body: bytes, more: Mapping[str, str]) -> Answer:
        headers = {"X-Forwarded-For": self.address, "X-Forwarded-Proto": "https", "User-Agent": self.agent, **more}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body or None, headers)
            came = connection.getresponse()
            told = [(name.lower(), value) for name, value in came.getheaders()]
            answer = Answer(method, path, came.status, dict(told), came.read())
        finally:
            connection.close()
        self._keep([value for name, value in told if name == "set-cookie"])
        self.seen.append(answer)
        return answer

    def _keep(self, cookies: list[str]) -> None:
        for text in cookies:
            for name, morsel in SimpleCookie(text).items():
                self.cookies.pop(name, None)
                if morsel.value:
                    self.cookies[name] = morsel.value


_PLAIN = "application/x-www-form-urlencoded"


def _multipart(fields: Fields, files: Mapping[str, bytes] | None) -> tuple[str, bytes]:
    border = uuid.uuid4().hex
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in _pairs(fields)]
    head = 'Content-Disposition: form-data; name="{}"; filename="canary.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    parts += [head.format(name).encode() + data for name, data in (files or {}).items()]
    body = b"".join(b"--" + border.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return f"multipart/form-data; boundary={border}", body + f"--{border}--\r\n".encode()


def _pairs(fields: Fields) -> Iterator[tuple[str, str]]:
    for name, value in fields.items():
        yield from ((name, one) for one in ([value] if isinstance(value, str) else value))
