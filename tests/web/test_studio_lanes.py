"""The lanes of a diagram are changed below it, without a canvas."""

from __future__ import annotations

from flask.testing import FlaskClient

from engine.store import Store
from tests.web.conftest import post
from tests.web.sketching import begun, kept

VIDEO = "processes/shared/video.bpmn"
NAMES = {"lane": ["investor", "verifier"], "lane_name": ["投资者", "视频坐席"]}


def test_lanes_are_renamed_added_and_taken_out(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    address, form = f"{draft}/diagrams/{VIDEO}", f"{draft}/lanes/{VIDEO}"
    page = analyst.get(address)
    assert 'id="lanes"' in page.text and "柜台人员 (reviewer)" in page.text and 'name="remove"' not in page.text
    post(analyst, form, page, seen="1", **NAMES, do="add", add="reviewer", added_name="")
    text = kept(store, draft)[1][VIDEO].decode()
    assert 'id="verifier" name="视频坐席"' in text and '<bpmn:lane id="reviewer" name="柜台人员" />' in text
    page = analyst.get(address)
    assert 'name="remove" value="reviewer"' in page.text
    post(analyst, form, page, seen="2", remove="reviewer")
    assert 'bpmnElement="reviewer"' not in kept(store, draft)[1][VIDEO].decode()


def test_what_is_not_offered_and_an_old_page_change_nothing(analyst: FlaskClient, store: Store) -> None:
    draft = begun(analyst)
    page, form = analyst.get(f"{draft}/diagrams/{VIDEO}"), f"{draft}/lanes/{VIDEO}"
    for given in ({"remove": "verifier"}, {"do": "add", "add": "boss"}, {"seen": "7", **NAMES, "do": "save"}):
        told = post(analyst, form, page, **{"seen": "1", **given})
        assert told.status_code == 303 and "没有保存" in analyst.get(told.location).text, given
    assert kept(store, draft)[0] == 1
    assert post(analyst, f"{draft}/lanes/x.bpmn", page, seen="1").status_code == 404
