"""The picture of a business: every diagram drawn, in the reader's language, with a case's way; no inline style."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from engine.interpreter import FlowTaken
from tests.house import CHANGE, drawn
from webapp.steps.flow_picture import pictures
from webapp.steps.flow_shapes import wrapped
from webapp.steps.flow_way import way_of
from webapp.steps.uploads import is_photo

TAKEN = [
    FlowTaken("photos", "photos_start", "photos_head"),
    FlowTaken("photos", "upload_photos", "check_uploads"),
    FlowTaken("photos", "upload_photos", "check_uploads"),
]


def test_the_business_and_all_that_it_calls_is_drawn_the_business_first():
    drawing = drawn(CHANGE).drawing
    found = pictures(drawing, lambda text: text)
    assert found[0].process == CHANGE and len(found) == len(drawing.processes) == 5
    for picture in found:
        svg = ElementTree.fromstring(str(picture.svg))
        shapes = [part for part in svg.iter() if part.get("data-element")]
        assert len(shapes) == len([item for item in drawing.elements.values() if item.process == picture.process])
        assert "style=" not in picture.svg and "<script" not in picture.svg


def test_labels_are_said_in_the_readers_language_and_escaped():
    found = pictures(drawn(CHANGE).drawing, lambda text: f"<{text}>")
    assert all("&lt;" in picture.svg and ElementTree.fromstring(str(picture.svg)) is not None for picture in found)


def test_the_way_marks_what_is_done_how_often_and_where_the_case_stands():
    drawing = drawn(CHANGE).drawing
    way = way_of(drawing, TAKEN, ["check_photos"])
    assert ("photos", "upload_photos") in way.done and way.visits["photos", "upload_photos"] == 2
    assert {process for process, element in way.now if element == "photos"} and ("photos", "check_photos") in way.now
    svg = next(picture.svg for picture in pictures(drawing, lambda text: text, way) if picture.process == "photos")
    assert "✓ ×2" in svg and "▶" in svg and len(re.findall('stroke-width="2.5"', svg)) >= 1


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("上传照片", 4, ["上传照片"]),
        ("检查银行卡照片", 4, ["检查银行", "卡照片"]),
        ("要上传吗？", 4, ["要上传", "吗？"]),
        ("Upload the photographs", 7, ["Upload the", "photographs"]),
        ("", 4, []),
    ],
)
def test_a_label_is_broken_where_its_language_breaks(text, width, lines):
    assert wrapped(text, width) == lines


@pytest.mark.parametrize(
    ("data", "photo"),
    [
        (b"\xff\xd8\xff\xe0rest", True),
        (b"\x89PNG\r\n\x1a\nrest", True),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", True),
        (b"\x00\x00\x00\x18ftypheic", True),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", False),
        (b"\x00\x00\x00\x18ftypmp42", False),
        (b"GIF89a", False),
        (b"<svg/>", False),
        (b"%PDF-1.7", False),
    ],
)
def test_a_photo_is_known_by_its_first_bytes(data, photo):
    assert is_photo(data) is photo
