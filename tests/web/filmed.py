"""A call that leaves something behind: consent, a real little recording and real pictures, sent by the routes."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import calls
from engine.actors import Actor
from engine.store import Store
from engine.tables import Staff, Task, VideoCall
from tests.film import chunks, webm
from tests.web.conftest import hidden
from tests.web.line import Line
from webapp import shots

KINDS = ("face", "face_with_id", "id_closeup")


def digest(data: bytes) -> dict[str, str]:
    return {"Content-Digest": f"sha-256=:{base64.b64encode(sha256(data).digest()).decode()}:"}


def portrait(colour: str = "teal", size: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG that says where it was taken."""
    kept, picture = io.BytesIO(), Image.new("RGB", size, colour)
    about = picture.getexif()
    about[0x010F] = "A maker of cameras"
    picture.save(kept, "JPEG", exif=about)
    return kept.getvalue()


@dataclass
class Talk:
    """One claimed customer and his verifier. `path` is the desk's task."""

    line: Line
    member: FlaskClient
    path: str

    @property
    def store(self) -> Store:
        return self.line.store

    @property
    def call(self) -> VideoCall:
        with self.store.read() as tx:
            return tx.scalars(select(VideoCall).order_by(VideoCall.began_at.desc(), VideoCall.id)).first()  # type: ignore[return-value]

    def open(self) -> Talk:
        """The verifier's page opens the room."""
        task_id = self.path.rpartition("/")[2]
        with self.store.read() as tx:
            task = tx.get_one(Task, task_id)
            row = tx.get_one(Staff, task.claimed_by)
        calls.room(self.store, task_id, Actor("staff", row.id, row.name, frozenset(row.roles), row.branch_id))
        return self

    def consent(self, **fields: str) -> TestResponse:
        return _send(self.line.client, "POST", f"/cases/{self.line.case_id}/call/consent", data=fields)

    def desk(self, what: str, **fields: str) -> TestResponse:
        return _send(self.member, "POST", f"{self.path}/call/{what}", data=fields)

    def chunk(self, part: int, n: int, data: bytes, **headers: str) -> TestResponse:
        given = {**digest(data), **{name.replace("_", "-"): value for name, value in headers.items()}}
        return _send(self.member, "PUT", f"{self.path}/call/parts/{part}/chunks/{n}", data=data, headers=given)

    def record(self, films: Iterable[bytes] = (webm(2),)) -> Talk:
        """Each film is a part of its own, as after a crash of the tab."""
        for film in films:
            begun = self.desk("parts")
            assert begun.status_code == 201, begun.text
            part = begun.json["part"]
            for n, data in enumerate(chunks(film)):
                assert self.chunk(part, n, data).status_code == 204
        return self

    def still(self, kind: str, data: bytes = b"", nonce: str = "", **headers: str) -> TestResponse:
        """Taken in the customer's browser."""
        data, where = data or portrait(), f"/cases/{self.line.case_id}/call/stills"
        given = {**digest(data), "Content-Type": "image/jpeg", **headers}
        nonce = nonce or f"nonce-of-{kind}"
        address = f"{where}?kind={kind}&nonce={nonce}&warrant={self.warrant(kind, nonce)}"
        return _send(self.line.client, "POST", address, data=data, headers=given)

    def warrant(self, kind: str, nonce: str) -> str:
        """As the verifier's command brings it."""
        with self.line.client.application.app_context():
            return shots.warrant(self.call.id if self.call else "", kind, nonce)

    def whole(self) -> Talk:
        """Everything that a pass asks for."""
        self.open()
        assert self.consent().status_code == 204
        self.record()
        for kind in KINDS:
            assert self.still(kind).status_code == 201
        self.line.work()
        return self


def _send(client: FlaskClient, method: str, path: str, **given: object) -> TestResponse:
    token = hidden(client.get("/staff/sign-in"), "csrf_token")
    headers = {**(given.pop("headers", None) or {}), "X-CSRFToken": token}  # type: ignore[dict-item]
    return client.open(path, method=method, headers=headers, **given)


def played(member: FlaskClient, call: VideoCall) -> tuple[TestResponse, str]:
    """The page of a recording, and where it says that the film is."""
    page = member.get(f"/desk/calls/{call.id}")
    found = re.search(r'<video[^>]* src="([^"]+)"', page.text)
    return page, found[1].replace("&amp;", "&") if found else ""
