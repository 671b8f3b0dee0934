"""What an analyst does at a draft in the web tests: begins one, saves a diagram, hands it in."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import sketches
from engine.store import Store
from engine.tables import Sketch
from tests.web.conftest import MAIN, bundle, hidden, post

SIGNING = "processes/shared/signing.bpmn"


def begun(client: FlaskClient, business: str = MAIN) -> str:
    """The address of a fresh draft."""
    return str(post(client, f"/studio/{business}/drafts").location)


def text_of(file: str = SIGNING) -> str:
    return bundle(MAIN).files[file].decode()


def renamed(name: str = "请签署") -> str:
    return text_of().replace('id="sign_agreements" name="签署协议"', f'id="sign_agreements" name="{name}"')


def send(client: FlaskClient, address: str, body: Any) -> TestResponse:
    """As the editor sends it: JSON with the token in a header; bytes go as they are."""
    headers = {"X-CSRFToken": hidden(client.get("/staff/sign-in"), "csrf_token"), "Content-Type": "application/json"}
    if isinstance(body, bytes):
        return client.post(address, data=body, headers=headers)
    return client.post(address, json=body, headers=headers)


def save(client: FlaskClient, draft: str, xml: str, seen: int = 1, file: str = SIGNING) -> TestResponse:
    return send(client, f"{draft}/diagrams/{file}", {"xml": xml, "seen": seen})


def kept(store: Store, draft: str) -> tuple[int, dict[str, bytes]]:
    """The number of the last save of a draft, and its files."""
    with store.read() as tx:
        row = tx.get_one(Sketch, draft.rsplit("/", 1)[1])
        return row.version, sketches.files_of(row)
