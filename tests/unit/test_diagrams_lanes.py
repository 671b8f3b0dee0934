"""Lanes are changed in words: a pool grows with a new one, a neighbour takes the place of one that goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import etree

from engine.diagrams.lanes import add_lane, lanes_in, remove_lane, rename_lane
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
