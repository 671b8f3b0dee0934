"""Requests that are ready to be sent, and how long their answers took."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Post:
    """One form: where it goes, the browser's cookies, its body. Without a body it is a page that is asked for."""

    path: str
    cookie: str
    body: str = ""

    @property
    def method(self) -> str:
        return "POST" if self.body else "GET"


@dataclass(frozen=True)
class Sent:
    """What came back, and after how many seconds."""

    status: int
    seconds: float


def fill(port: int, path: str, cookie: str, answers: Mapping[str, str]) -> Post:
    """Open the page of a form as a browser does, and fill it in."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Cookie": cookie})
    page = connection.getresponse()
    text = page.read().decode()
    assert page.status == 200, f"{path}: {page.status}"
    hidden = dict(re.findall(r'type="hidden" name="(csrf_token|submission_id)" value="([^"]*)"', text))
    connection.close()
    return Post(path, "; ".join([cookie, *_cookies(page)]), urlencode({**hidden, **answers}))


def _cookies(page: HTTPResponse) -> list[str]:
    return [line.split(";", 1)[0] for line in page.headers.get_all("Set-Cookie") or []]


def send(port: int, posts: Sequence[Post], clients: int = 1) -> list[Sent]:
    """Send them all, by so many clients at once, each over a connection that it keeps."""
    shares = [posts[each::clients] for each in range(clients)]
    with ThreadPoolExecutor(clients) as pool:
        return [one for share in pool.map(lambda mine: _send(port, mine), shares) for one in share]


def _send(port: int, posts: Sequence[Post]) -> list[Sent]:
    connection, found = HTTPConnection("127.0.0.1", port, timeout=60), []
    for post in posts:
        began = time.perf_counter()
        connection.request(post.method, post.path, post.body or None, {"Cookie": post.cookie, "Content-Type": _FORM})
        answer = connection.getresponse()
        answer.read()
        found.append(Sent(answer.status, time.perf_counter() - began))
    connection.close()
    return found
