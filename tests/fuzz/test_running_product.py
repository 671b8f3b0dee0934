"""Hostile uploads through the real route, queue, relay and worker of a running product: no part of it may notice."""

from __future__ import annotations

import re
import secrets
import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import cycle

import pytest
from sqlalchemy import select

from cli.demonstration.screens.product import Product, running
from engine.store import Store
from engine.tables import Incident, Job, Photo, SessionRow
from tests.browser.patience import until
from tests.browser.town import Town
from tests.crash.browser import Browser
from tests.fuzz.hostile import RECIPES
from tests.fuzz.hostile.pieces import saved
from tests.fuzz.judge import wrong_with
from tests.fuzz.mutations import mutated
from tests.house import CHANGE
from webapp.sessions import INVESTOR, digest

pytestmark = pytest.mark.xdist_group("hostile product")

PATIENCE = 300
SLOTS = ("id_portrait", "id_emblem", "signature")
BY_ROUTE = {*[name for name in RECIPES if "as many pixels" not in name][::5], "pdf: one page", "heic: four tiles"}
MUTATED = 15
NAMES = {
    "a way up": "../../../../etc/passwd.jpg",
    "a way up as on Windows": "..\\..\\boot.jpg",
    "a null byte": "a\0.php.jpg",
    "letters that turn the line": "gpj.\u202eexe.jpg",
    "four thousand letters": "x" * 4000 + ".jpg",
    "a tag": "<img src=x onerror=alert(1)>.jpg",
    "a command": "$(id);`id`|id.jpg",
    "a header": 'x.jpg"\r\nX-Mine: 1\r\n\r\n',
    "a device": "/dev/zero",
    "nothing but dots": "...",
}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    folder = tmp_path_factory.mktemp("hostile")
    with running(folder / "data", folder / "up.log") as there:
        until(lambda: there.health()["state"] == "ok")  # its reader has models to load
        yield there


@pytest.fixture(scope="module")
def town(product: Product) -> Town:
    return Town(product)


class Customer:
    """Somebody who was let in and stands at the photographs of his case."""

    def __init__(self, product: Product, town: Town) -> None:
        self.browser = Browser(product.port, time.monotonic() + PATIENCE)
        self.browser.cookies[INVESTOR.cookie] = let_in(town.store, town.somebody(photos_on_file=False).customer_id)
        start = {"csrf_token": self.browser.get("/my").hidden("csrf_token")}
        page = self.browser.get(self.browser.post(f"/my/start/{CHANGE}", start).location)
        found = re.search(r"/cases/([0-9a-f]{32})", page.path)
        assert found, page.path
        self.case_id, self.token = found[1], page.hidden("csrf_token")

    def send(self, data: bytes, slot: str = SLOTS[0], name: str = "x.jpg") -> int:
        """The status of an upload; the connection is the test's own, so that nothing is tried twice."""
        body, kind = form(self.token, slot, data, name)
        connection = HTTPConnection("127.0.0.1", self.browser.port, timeout=30)
        try:
            connection.request("POST", self.path(slot), body, self.headers | {"Content-Type": kind})
            return connection.getresponse().status
        finally:
            connection.close()

    def path(self, slot: str = SLOTS[0]) -> str:
        return f"/cases/{self.case_id}/photos/{slot}"

    def head(self, kind: str) -> str:
        """The first lines of an upload that is written by hand."""
        return f"POST {self.path()} HTTP/1.1\r\nHost: x\r\nCookie: {self.headers['Cookie']}\r\nContent-Type: {kind}\r\n"

    @property
    def headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.browser.cookies.items())
        return {"Cookie": cookies, "HX-Request": "true"}


@pytest.fixture
def customer(product: Product, town: Town) -> Customer:
    return Customer(product, town)


def let_in(store: Store, customer_id: str) -> str:
    token, now = secrets.token_urlsafe(32), store.clock.now()
    with store.write() as tx:
        tx.add(SessionRow(id=digest(token), kind=INVESTOR.kind, person_id=customer_id, created_at=now, seen_at=now))
    return token


def form(token: str, slot: str, data: bytes, name: str) -> tuple[bytes, str]:
    edge = "edge-of-the-tests"
    field = f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
    head = f'--{edge}\r\nContent-Disposition: form-data; name="photo-{slot}"; filename="{name}"\r\n\r\n'
    return (field + head).encode() + data + f"\r\n--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"


def test_hostile_uploads_are_taken_or_refused_and_served_as_bare_pictures(customer: Customer, town: Town) -> None:
    files = [(name, RECIPES[name].make()) for name in BY_ROUTE]
    files += [(f"mutated {number}", mutated(8, number)[1]) for number in range(MUTATED)]
    answers = {name: customer.send(data, slot) for (name, data), slot in zip(files, cycle(SLOTS), strict=False)}
    assert set(answers.values()) == {200, 422}, answers
    photos = looked_at(town.store, customer.case_id)
    assert len(photos) == list(answers.values()).count(200) > 10
    assert all(photo.status != "unreadable" or photo.upright is None for photo in photos)
    shown = [photo for photo in photos if photo.upright]
    assert 3 < len(shown) < len(photos)
    for photo in shown:
        served(customer, photo)
    nothing_failed(town.store, customer.case_id)


def looked_at(store: Store, case_id: str) -> list[Photo]:
    """The photographs of a case when none waits any more."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with store.read() as tx:
            found = list(tx.scalars(select(Photo).where(Photo.case_id == case_id)))
        if all(photo.status != "processing" for photo in found):
            return found
        time.sleep(0.2)
    raise AssertionError([photo.status for photo in found])


def served(customer: Customer, photo: Photo) -> None:
    for which in ("original", "crop") if photo.crop else ("original",):
        connection = HTTPConnection("127.0.0.1", customer.browser.port, timeout=30)
        connection.request("GET", f"/photos/{photo.id}/{which}", headers=customer.headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        assert (answer.status, answer.headers["Content-Type"]) == (200, "image/jpeg")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert wrong_with(data) == []


def nothing_failed(store: Store, case_id: str) -> None:
    """One attempt each: what a file does to its reader is a result, not a failure."""
    with store.read() as tx:
        jobs = list(tx.scalars(select(Job).where(Job.case_id == case_id, Job.service == "photo.process")))
        assert tx.scalars(select(Incident).where(Incident.case_id == case_id)).all() == []
    assert {(job.status, job.attempt, job.last_error) for job in jobs} == {("done", 1, None)}


@pytest.mark.parametrize("what", NAMES)
def test_the_name_of_a_file_is_never_used(customer: Customer, product: Product, what: str) -> None:
    before = {path for path in product.place.data.rglob("*") if "blobs" not in path.parts}
    assert customer.send(saved("JPEG"), name=NAMES[what]) in (200, 303, 400, 422)
    new = {path for path in product.place.data.rglob("*") if "blobs" not in path.parts} - before
    assert [path for path in new if path.suffix not in (".db-wal", ".db-shm")] == []
    page = customer.browser.get(f"/cases/{customer.case_id}")
    assert page.status == 200 and NAMES[what] not in page.text
    assert product.health()["state"] == "ok"


def raw(product: Product, request: bytes, seconds: float = 10) -> bytes:
    """What the server says to these bytes, whatever they are; nothing when it closes."""
    with socket.create_connection(("127.0.0.1", product.port), seconds) as line:
        try:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            return line.recv(64)
        except OSError:
            return b""


LENGTHS = {
    "longer than the body": "100000",
    "shorter than the body": "40",
    "negative": "-1",
    "no number": "many",
    "beyond all measure": str(10**15),
    "said twice": "40\r\nContent-Length: 41",
}


@pytest.mark.parametrize("what", LENGTHS)
def test_a_wrong_length_of_a_body_breaks_nothing(customer: Customer, product: Product, what: str) -> None:
    body, kind = form(customer.token, SLOTS[0], saved("JPEG"), "x.jpg")
    head = customer.head(kind)
    said = raw(product, f"{head}Content-Length: {LENGTHS[what]}\r\n\r\n".encode() + body)
    assert said == b"" or int(said.split()[1]) < 500
    assert customer.send(saved("JPEG")) == 200  # the control, and the server goes on


@pytest.mark.parametrize("who", ["a stranger", "a customer"])
def test_an_endless_body_ends_at_the_limit(customer: Customer, product: Product, who: str) -> None:
    """It tells no length, and goes on until the server has enough."""
    cookie = f"Cookie: {customer.headers['Cookie']}\r\n" if who == "a customer" else ""
    head = f"POST {customer.path()} HTTP/1.1\r\nHost: x\r\n{cookie}Content-Type: multipart/form-data; boundary=x\r\n"
    piece = bytes(1024 * 1024)
    sent = 0
    with socket.create_connection(("127.0.0.1", product.port), 30) as line:
        line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        try:
            while sent < 200:
                line.sendall(b"%x\r\n" % len(piece) + piece + b"\r\n")
                sent += 1
        except OSError:  # it has closed its ear
            pass
    assert sent < (20 if who == "a stranger" else 130)
    assert product.health()["state"] == "ok" and customer.send(saved("JPEG")) == 200
