"""The lanes of a diagram are changed below it, without a canvas."""

from __future__ import annotations

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine import sketches
from engine.actors import Actor
from engine.sketches import Seen
from engine.store import Store
from engine.tables import Sketch
from tests.web.conftest import hidden, post
from tests.web.sheets import form_of
from tests.web.sketching import begun, kept, text_of

VIDEO = "processes/shared/video.bpmn"
NAMES = {"lane": ["investor", "verifier"], "lane_name": ["投资者", "视频坐席"]}


def typed(client: FlaskClient, draft: str, page: TestResponse, **fields: str | list[str]) -> TestResponse:
    """The form of the lanes as it stands on this page."""
    return client.post(f"{draft}/lanes/{VIDEO}", data={"csrf_token": hidden(page, "csrf_token"), **fields})


def test_lanes_are_renamed_added_and_taken_out(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    address = f"{draft}/diagrams/{VIDEO}"
    page = analyst.get(address)
    assert 'id="lanes"' in page.text and "柜台人员 (reviewer)" in page.text and 'name="remove"' not in page.text
    typed(analyst, draft, page, seen="1", **NAMES, do="add", add="reviewer", added_name="")
    text = kept(store, draft)[1][VIDEO].decode()
    assert 'id="verifier" name="视频坐席"' in text and '<bpmn:lane id="reviewer" name="柜台人员" />' in text
    page = analyst.get(address)
    assert 'name="remove" value="reviewer"' in page.text
    typed(analyst, draft, page, seen="2", remove="reviewer")
    assert 'bpmnElement="reviewer"' not in kept(store, draft)[1][VIDEO].decode()


def test_what_is_not_offered_and_an_old_page_change_nothing(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page, form = analyst.get(f"{draft}/diagrams/{VIDEO}"), f"{draft}/lanes/{VIDEO}"
    tried: list[dict[str, str | list[str]]] = [
        {"remove": "verifier"}, {"do": "add", "add": "boss"}, {"seen": "7", **NAMES, "do": "save"}
    ]  # fmt: skip
    for given in tried:
        told = typed(analyst, draft, page, **{"seen": "1", **given})
        assert told.status_code == 409 and "没有保存" in told.text, given
    assert kept(store, draft)[0] == 1
    assert post(analyst, f"{draft}/lanes/x.bpmn", page, seen="1").status_code == 404
    assert analyst.get(form).location == f"{draft}/diagrams/{VIDEO}#lanes", "the address of a refusal leads back"


def test_who_was_overtaken_finds_all_that_he_typed_beside_the_sentence(analyst: FlaskClient, store: Store) -> None:
    """Also the name of a lane that the colleague has taken out; pressing again overwrites nobody."""
    draft = begun(analyst)
    page = analyst.get(f"{draft}/diagrams/{VIDEO}")
    typed(analyst, draft, page, seen="1", **NAMES, do="save")
    mine = {"lane": ["investor", "verifier", "clerk"], "lane_name": ["客户", "远程坐席", "办事员"]}
    more = {"do": "add", "add": "reviewer", "added_name": "营业部柜台"}
    for _again in range(2):
        page = typed(analyst, draft, page, seen="1", **mine, **more)
        assert page.status_code == 409 and "没有保存，也没有覆盖" in page.text
        fields = form_of(page, -1)
        assert [value for name, value in fields if name == "lane_name"] == mine["lane_name"]
        assert {("add", "reviewer"), ("added_name", "营业部柜台"), ("seen", "1")} <= set(fields)
        assert "现在保存的是：视频坐席" in page.text and "这条泳道已经没有了" in page.text
    assert kept(store, draft)[0] == 2


def test_a_diagram_with_remarks_is_left_to_the_text(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    noted = text_of(VIDEO).replace("<bpmn:laneSet", "<!-- who does what --><bpmn:laneSet", 1).encode()
    with store.read() as tx:
        row = tx.get_one(Sketch, draft.rsplit("/", 1)[1])
    who = Actor("staff", row.by, row.by, frozenset({"analyst"}))
    sketches.save(store, Seen(row.id, 1), {VIDEO: noted}, who)
    told = typed(analyst, draft, analyst.get(draft), seen="2", **NAMES, do="save")
    assert told.status_code == 422 and "注释" in told.text and "视频坐席" in told.text
    assert kept(store, draft)[1][VIDEO] == noted
