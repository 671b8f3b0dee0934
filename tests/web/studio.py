"""What an analyst of the web tests hands in, and what he presses."""

from __future__ import annotations

import io
import re
import threading

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import trials
from engine.actors import Actor
from engine.bundles import published
from engine.store import Store
from engine.tables import Proposal
from tests.web.conftest import MAIN, bundle, hidden, post
from webapp.studio import beside

RECORD, FLOW = f"processes/{MAIN}/business.json", f"processes/{MAIN}/handling.bpmn"
SUMMARY = "删除或新增您用于期货出入金的银行结算账户。"
NOTE = "一次改好：把简介写得更清楚"


def changed(path: str, old: str, new: str) -> bytes:
    text = bundle(MAIN).files[path].decode()
    assert old in text, old
    return text.replace(old, new, 1).encode()


def reworded() -> bytes:
    """The business says of itself what it said before, in other words that have English already."""
    return changed(RECORD, f'"summary": "{SUMMARY}"', '"summary": "修改结算账户"')


def broken() -> bytes:
    """The flow that leads back to the head of the chain is gone: no road leads to what a reason names."""
    flow = next(one for one in bundle(MAIN).drawing.flows if one.file == FLOW and one.target == "chain_head")
    return re.sub(rf'<bpmn:sequenceFlow id="{flow.id}".*?(/>|</bpmn:sequenceFlow>)'.encode(), b"",
                  bundle(MAIN).files[FLOW], count=1, flags=re.DOTALL)  # fmt: skip


def hand_in(client: FlaskClient, *files: tuple[str, bytes], business: str = MAIN) -> TestResponse:
    page = client.get(f"/studio/{business}" if business else "/studio")
    given = {"csrf_token": hidden(page, "csrf_token"), "business": business,
             "files": [(io.BytesIO(data), name) for name, data in files]}  # fmt: skip
    answer = client.post("/studio/proposals", data=given, content_type="multipart/form-data")
    answer.request.environ["wsgi.input"].close()  # the test client keeps a big body in a file
    return answer


def handed_in(client: FlaskClient, *files: tuple[str, bytes]) -> TestResponse:
    """The proposal's page."""
    answer = hand_in(client, *files)
    assert answer.status_code == 303, answer.text
    return client.get(answer.location)


def act(client: FlaskClient, page: TestResponse, what: str, **fields: str) -> TestResponse:
    """A button of the proposal's page. Who publishes has played the scenarios before, and they held."""
    if what == "publish":
        tried(client, page)
    return press(client, page, what, **fields)


def tried(client: FlaskClient, page: TestResponse, *findings: dict[str, object]) -> None:
    """A trial of this proposal is on record, without the seconds that it takes."""
    store: Store = client.application.extensions["kaihu"].store
    with store.read() as tx:
        row = tx.get_one(Proposal, page.request.path.rsplit("/", 1)[-1])
        analyst = Actor("staff", row.by, row.by, frozenset({"analyst"}))
    share = {"passed": 3, "total": 4, "percent": 75}
    played = {"file": "processes/x/scenarios/one.yaml", "name": "一个场景", "holds": not findings, "findings": findings}
    missed = {"process": bundle(MAIN).step("basic_data").process, "id": "basic_data"}
    trials.keep(
        store,
        {"business": row.business, "version": row.bundle_hash, "green": not findings, "scenarios": [played],
         "nodes": share, "flows": share, "missed_nodes": [missed], "missed_flows": []},
        analyst,
    )  # fmt: skip


def press(client: FlaskClient, page: TestResponse, what: str, **fields: str) -> TestResponse:
    return post(client, f"{page.request.path}/{what}", page, **fields)


def over() -> None:
    """The thread that follows a trial has come to its end."""
    for thread in [one for one in threading.enumerate() if one.name == beside.THREAD]:
        thread.join(120)


def in_use(store: Store) -> str:
    with store.read() as tx:
        return published(tx, MAIN, store.clock.now())


def mend(client: FlaskClient, page: TestResponse, *files: tuple[str, bytes]) -> TestResponse:
    given = {"csrf_token": hidden(page, "csrf_token"), "files": [(io.BytesIO(data), name) for name, data in files]}
    return client.post(f"{page.request.path}/files", data=given, content_type="multipart/form-data")
