"""The picture of a business: every diagram drawn, in the reader's language, with a case's way; no inline style."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from engine.interpreter import FlowTaken
from tests.house import CHANGE, drawn
from webapp.steps.flow_bands import bands
from webapp.steps.flow_picture import pictures
from webapp.steps.flow_shapes import width_of, wrapped
from webapp.steps.flow_way import way_of
from webapp.steps.uploads import is_photo

TAKEN = [
    FlowTaken("photos", "photos_start", "photos_head"),
    FlowTaken("photos", "upload_photos", "look_at_uploads"),
    FlowTaken("photos", "upload_photos", "look_at_uploads"),
]


def svg(band: str) -> ElementTree.Element:
    return ElementTree.fromstring(str(band))


def test_the_business_and_all_that_it_calls_is_drawn_the_business_first():
    drawing = drawn(CHANGE).drawing
    found = pictures(drawing, lambda text: text)
    assert found[0].process == CHANGE and len(found) == len(drawing.processes) == 5
    for picture in found:
        shapes = [part for band in picture.bands for part in svg(band).iter() if part.get("data-element")]
        assert len(shapes) == len([item for item in drawing.elements.values() if item.process == picture.process])
        assert all("style=" not in band and "<script" not in band for band in picture.bands)


def test_a_wide_drawing_is_folded_into_bands_that_a_page_can_show_each_with_the_names_of_its_lanes():
    found = {picture.process: picture for picture in pictures(drawn(CHANGE).drawing, lambda text: text)}
    assert len(found["signing"].bands) == 1 and len(found["photos"].bands) == 1
    handling = found[f"{CHANGE}_handling"].bands
    assert len(handling) > 1 and all(float(svg(band).get("width", "0")) < 1500 for band in handling)
    lanes = {lane.name for item in drawn(CHANGE).diagrams for lane in item.lanes if lane.process.endswith("_handling")}
    assert all(lane in band for band in handling for lane in lanes)
    assert svg(handling[0]).get("aria-label", "").endswith(f"1/{len(handling)}")


@pytest.mark.parametrize(
    ("width", "shapes", "names", "cuts"),
    [
        (1000, [], [], []),  # fits
        (2000, [], [], [1000]),  # nothing in the way
        (2000, [(950, 1060)], [], [940]),  # beside the shape, at its nearer side
        (2000, [(930, 980), (1070, 1090)], [(980, 1030)], [1032]),  # behind the name of the flow that leaves a shape
        (2000, [(800, 980), (1020, 1400)], [(980, 1020)], [1000]),  # through that name where there is no room
        (2000, [(0, 2000)], [], [1000]),  # nowhere free: where the page asks for it
    ],
)
def test_a_drawing_is_cut_where_no_shape_and_no_name_stands(width, shapes, names, cuts):
    spans = bands(0, width, shapes, names)
    assert [end for _, end in spans[:-1]] == cuts and (spans[0][0], spans[-1][1]) == (0, width)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_name_is_cut_through_in_the_diagrams_that_ship(language):
    """A name that reaches over the end of its band is not all there in the next one either."""
    bundle = drawn(CHANGE)
    for picture in pictures(bundle.drawing, lambda text: bundle.say(text, language)):
        for band in picture.bands:
            window = [part for part in svg(band).iter() if part.get("viewBox")][-1]
            left, _top, width, _height = map(float, window.get("viewBox", "").split())
            cut = [name for name, start, end in named(window) if start < left < end or start < left + width < end]
            assert cut == [], f"{picture.process} in {language}"


def named(window: ElementTree.Element) -> list[tuple[str, float, float]]:
    """The small texts of a drawing, with where each begins and ends."""
    found = []
    for text in (part for part in window.iter() if part.tag.endswith("text") and part.get("font-size") == "11"):
        lines = [(part.text or "", float(part.get("x", "0"))) for part in text if part.tag.endswith("tspan")]
        width = max(width_of(line, 1000, 11) for line, _ in lines)
        start = lines[0][1] - (width / 2 if text.get("text-anchor") == "middle" else 0)
        found.append(("".join(line for line, _ in lines), start, start + width))
    return found


def test_the_name_of_an_event_on_top_of_a_task_stands_beside_it_and_not_on_the_tasks_name():
    (photos,) = [found for found in pictures(drawn(CHANGE).drawing, lambda text: text) if found.process == "photos"]
    (event,) = [part for part in svg(photos.bands[0]).iter() if part.get("data-element") == "uploads_unread"]
    (task,) = [part for part in svg(photos.bands[0]).iter() if part.get("data-element") == "read_uploads"]
    (span,) = [part for part in event.iter() if part.tag.endswith("tspan") and part.text == "识别不了"]
    (box,) = [part for part in task.iter() if part.tag.endswith("rect")]
    assert float(span.get("y", "0")) < float(box.get("y", "0"))


def test_labels_are_said_in_the_readers_language_and_escaped():
    found = pictures(drawn(CHANGE).drawing, lambda text: f"<{text}>")
    assert all("&lt;" in band and svg(band) is not None for picture in found for band in picture.bands)


def test_the_way_marks_what_is_done_how_often_and_where_the_case_stands():
    drawing = drawn(CHANGE).drawing
    way = way_of(drawing, TAKEN, ["check_photos"])
    assert ("photos", "upload_photos") in way.done and way.visits["photos", "upload_photos"] == 2
    assert {process for process, element in way.now if element == "photos"} and ("photos", "check_photos") in way.now
    picture = next(item for item in pictures(drawing, lambda text: text, way) if item.process == "photos")
    drawing_of_it = "".join(picture.bands)
    assert "✓ ×2" in drawing_of_it and "▶" in drawing_of_it and 'stroke-width="2.5"' in drawing_of_it


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
        (b"%PDF-1.7", True),  # of one page, which is looked at where files are opened
        (b"%!PS-Adobe-3.0", False),
    ],
)
def test_a_photo_is_known_by_its_first_bytes(data, photo):
    assert is_photo(data) is photo
