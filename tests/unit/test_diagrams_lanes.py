"""Lanes are changed in words: a pool grows with a new one, a neighbour takes the place of one that goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from engine.diagrams.lanes import HEIGHT, add_lane, lanes_in, remove_lane, rename_lane
from engine.diagrams.names import BPMNDI
from engine.diagrams.schema import check_schema
from engine.diagrams.shapes import read_shapes
from engine.diagrams.writing import canonical
from engine.diagrams.xml import read_xml
from tests.house import ROOT

VIDEO = (ROOT / "processes/shared/video.bpmn").read_bytes()


def changed(*deeds: Callable[[etree._Element], None]) -> etree._Element:
    root = read_xml("x.bpmn", VIDEO)
    for deed in deeds:
        deed(root)
    assert check_schema("x.bpmn", root) == []
    return root


def added(root: etree._Element) -> None:
    add_lane(root, "reviewer", "柜台人员")


def test_a_new_lane_stands_below_the_others_in_a_pool_that_grew() -> None:
    before, after = (read_shapes(root).bounds for root in (changed(), changed(added)))
    assert [one.id for one in lanes_in(changed(added))] == ["investor", "verifier", "reviewer"]
    last, made = after["verifier"], after["reviewer"]
    assert (made["x"], made["w"], made["y"]) == (last["x"], last["w"], last["y"] + last["h"])
    assert after["pool_video"]["h"] == before["pool_video"]["h"] + made["h"]
    assert {own: box for own, box in after.items() if own in before and own != "pool_video"} == {
        own: box for own, box in before.items() if own != "pool_video"
    }


BELOW = """<bpmndi:BPMNShape id="pool_b_di" bpmnElement="pool_b" isHorizontal="true">
<dc:Bounds x="160" y="{y}" width="600" height="120" />
<bpmndi:BPMNLabel><dc:Bounds x="170" y="{label}" width="90" height="20" /></bpmndi:BPMNLabel></bpmndi:BPMNShape>
<bpmndi:BPMNEdge id="to_b_di" bpmnElement="to_b">
<di:waypoint x="300" y="{inside}" /><di:waypoint x="300" y="{y}" />
<bpmndi:BPMNLabel><dc:Bounds x="310" y="{y}" width="40" height="14" /></bpmndi:BPMNLabel></bpmndi:BPMNEdge>
</bpmndi:BPMNPlane>"""


def test_what_lies_below_the_pool_moves_down_as_far_as_it_grows() -> None:
    """Another pool with its name, and the end and the name of a line to it that begins in the pool that grows."""
    pool = read_shapes(changed()).bounds["pool_video"]
    low = int(pool["y"] + pool["h"])
    own = {"y": low, "label": low - 5, "inside": low - 60}
    text = VIDEO.decode().replace("</bpmndi:BPMNPlane>", BELOW.format(**own))
    root = read_xml("x.bpmn", text.encode())
    before = read_shapes(root)
    added(root)
    after, grown = read_shapes(root), int(HEIGHT)
    assert after.bounds["pool_b"]["y"] == low + grown == after.bounds["reviewer"]["y"] + grown
    assert after.waypoints["to_b"] == ((300, low - 60), (300, low + grown))
    labels = [int(next(iter(one)).get("y", "")) for one in root.iter(f"{{{BPMNDI}}}BPMNLabel")]
    assert labels[-2:] == [low - 5 + grown, low + grown], "a name goes with its shape"
    stays = before.bounds.keys() - {"pool_b", "pool_video"}
    assert {own: after.bounds[own] for own in stays} == {own: before.bounds[own] for own in stays}
    assert after.waypoints.keys() == before.waypoints.keys()
    assert all(after.waypoints[own] == before.waypoints[own] for own in before.waypoints if own != "to_b")


def test_what_is_drawn_nowhere_is_left_alone() -> None:
    text = VIDEO.decode().replace("</bpmndi:BPMNPlane>", BELOW.format(y="INF", label="NaN", inside="-INF"))
    root = read_xml("x.bpmn", text.encode())
    added(root)
    assert b'y="INF"' in etree.tostring(root) and len(lanes_in(root)) == 3


def test_a_lane_that_goes_leaves_its_place_to_its_neighbour() -> None:
    root = changed(added, lambda root: remove_lane(root, "reviewer"))
    bounds = read_shapes(root).bounds
    assert [one.id for one in lanes_in(root)] == ["investor", "verifier"] and "reviewer" not in bounds
    low = bounds["verifier"]["y"] + bounds["verifier"]["h"]
    assert low == bounds["pool_video"]["y"] + bounds["pool_video"]["h"]


def test_a_name_is_changed_and_the_same_name_changes_no_byte() -> None:
    root = changed(lambda root: rename_lane(root, "verifier", "坐席"))
    assert [one.name for one in lanes_in(root)] == ["投资者", "坐席"]
    same = changed(*(lambda root, one=one: rename_lane(root, one.id, one.name) for one in lanes_in(changed())))
    assert canonical("x.bpmn", etree.tostring(same)) == VIDEO


@pytest.mark.parametrize(
    "deed",
    [
        lambda root: remove_lane(root, "verifier"),  # a step stands in it
        lambda root: remove_lane(root, "nobody"),
        lambda root: rename_lane(root, "nobody", "x"),
        lambda root: add_lane(root, "verifier", "x"),  # it is there
        lambda root: add_lane(root, "video_start", "x"),  # something else is called so
    ],
)
def test_what_cannot_be_changes_nothing(deed: Callable[[etree._Element], None]) -> None:
    with pytest.raises(LookupError):
        changed(deed)
