"""What a text says of its photograph: it overrules the pixels, it makes them graver, it adds to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from tests.unit.specimens import PERSON
from workers.photos.judge import action_of
from workers.photos.judge_reading import Thought, judge_reading
from workers.photos.locate import Found
from workers.photos.priors import ID1
from workers.photos.quality import Quality
from workers.photos.reading.model import Box, Document, Field, Line, Reading
from workers.photos.verdicts import Verdict, verdict

TODAY = date(2026, 11, 29)
SQUARE = np.array([(100.0, 100.0), (900.0, 100.0), (900.0, 600.0), (100.0, 600.0)])
FOUND = Found(SQUARE, SQUARE, support=0.95, inliers=0.95, whole=True)
SHARP = Quality(blur=0.3, light=0.8, width=800.0, contrast=40.0)


def box(left: float, top: float, right: float, bottom: float) -> Box:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


INSIDE = box(300, 500, 800, 560)


def text(document: Document = "id_portrait", place: Box = INSIDE, **fields: Any) -> Reading:
    """A reading of this document with fields `name="value"`, all of them checked and sure."""
    read = {name: Field(value, 0.99, place, True, True) for name, value in fields.items()}
    return Reading((Line("公民身份号码", 0.99, place),), read, 0, 1.0, document, (1012, 638))


NUMBER = text(id_number=PERSON.id_number)
UNREAD = text()
VALID = text("id_emblem", validity="2018.05.06-2038.05.06")
CARD = text("bank_card", number=PERSON.card_number)


def said(
    reading: Reading, slot: str, before: Sequence[Verdict] = (), quality: Quality = SHARP, found: Found | None = FOUND
) -> dict[str, str]:
    verdicts = judge_reading(reading, thought(before, quality.glare, found), slot, TODAY)
    return {one["code"]: one["level"] for one in verdicts}


def thought(before: Sequence[Verdict] = (), glare: float = 0.0, found: Found | None = FOUND) -> Thought:
    return Thought(before, glare, outlined=found is not None, cut=found is not None)


@pytest.mark.parametrize(
    ("code", "level", "read", "unread"),
    [
        ("blurred", "block", "info", "block"),
        ("blurred", "warn", "info", "block"),  # soft, and the number is not to be read: perhaps therefore
        ("too_dark", "block", "info", "block"),
        ("too_bright", "warn", "info", "block"),
        ("too_far", "block", "warn", "block"),
        ("too_far", "warn", "warn", "block"),
        ("cut_off", "warn", "warn", "block"),  # alone it stops nobody; with an unread number it does
        ("covered", "warn", "warn", "block"),
        ("uncertain_edge", "warn", "warn", "warn"),  # a matter of geometry: no text makes it better or worse
        ("low_contrast_edge", "warn", "warn", "warn"),
    ],
)
def test_a_proven_number_overrules_the_pixels(code: str, level: str, read: str, unread: str) -> None:
    before = [verdict(code, level=level)]  # type: ignore[arg-type]
    assert said(NUMBER, "id_portrait", before)[code] == read
    assert said(UNREAD, "id_portrait", before)[code] == unread


def test_where_no_card_was_found_an_unread_text_blocks_nothing() -> None:
    """A desk looks soft to the measure."""
    before = [verdict("blurred", level="warn")]
    assert said(UNREAD, "id_portrait", before, found=None)["blurred"] == "warn"


@pytest.mark.parametrize(
    ("reading", "slot", "expected"),
    [
        (NUMBER, "id_portrait", {}),
        (VALID, "id_emblem", {}),
        (CARD, "bank_card:1", {}),
        (VALID, "id_portrait", {"wrong_side": "block"}),
        (NUMBER, "id_emblem", {"wrong_side": "block"}),
        (CARD, "id_portrait", {"wrong_document": "block"}),
        (NUMBER, "bank_card:1", {"wrong_document": "block"}),
        (CARD, "signature", {"wrong_document": "warn"}),
        (text("none"), "signature", {}),
        (text("none"), "id_portrait", {"not_a_card": "warn"}),
        (text("none"), "id_emblem", {"not_a_card": "warn"}),
        (text("other"), "id_emblem", {"not_a_card": "warn"}),
        (text("other"), "bank_card:1", {"unreadable_number": "warn"}),
        (UNREAD, "id_portrait", {"unreadable_number": "warn"}),
        (text(id_number="990101199003070113"), "id_portrait", {"unknown_region": "warn"}),
        (text("id_emblem", validity="2006.11.28-2026.11.28"), "id_emblem", {"expired": "block"}),
        (text("id_emblem", validity="2006.11.29-2026.11.29"), "id_emblem", {}),  # the last day is valid
        (text("id_emblem", validity="2006.11.28-长期"), "id_emblem", {}),
    ],
)
def test_what_the_text_adds(reading: Reading, slot: str, expected: dict[str, str]) -> None:
    assert said(reading, slot) == expected


def test_a_doubtful_date_warns_of_expiry_and_a_wrong_one_says_nothing() -> None:
    over = text("id_emblem", validity="2006.11.28-2026.11.28")
    field = over.fields["validity"]
    assert said(replace(over, fields={"validity": replace(field, sure=False)}), "id_emblem") == {"expired": "warn"}
    assert "expired" not in said(replace(over, fields={"validity": replace(field, checked=False)}), "id_emblem")


@pytest.mark.parametrize(("left", "touches"), [(12.0, True), (18.0, False)])
def test_text_at_the_edge_of_a_cut_out_keeps_the_original(left: float, touches: bool) -> None:
    reading = text(place=box(left, 500, 800, 560), id_number=PERSON.id_number)
    verdicts = judge_reading(reading, thought(), "id_portrait", TODAY)
    assert [one["code"] for one in verdicts] == (["over_cropped"] if touches else [])
    assert action_of(FOUND, ID1, verdicts) == ("review" if touches else "crop")


def test_what_is_perhaps_no_card_goes_to_review_and_stops_nobody() -> None:
    verdicts = judge_reading(text("none"), thought(), "id_portrait", TODAY)
    assert action_of(FOUND, ID1, verdicts) == "review"


def test_glare_blocks_only_where_the_number_is_not_read() -> None:
    shining = replace(SHARP, glare=0.1)
    before = [verdict("glare", 0.1, 0.03)]
    assert said(NUMBER, "id_portrait", before, shining) == {"glare": "info"}
    assert said(UNREAD, "id_portrait", before, shining) == {"glare": "block", "unreadable_number": "warn"}


def test_a_card_whose_sides_nobody_found_is_a_card_all_the_same_when_it_reads() -> None:
    assert said(NUMBER, "id_portrait", [verdict("no_card")], found=None) == {"no_card": "info"}
    assert said(text("none"), "id_portrait", [verdict("no_card")], found=None) == {"no_card": "warn"}


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.02, {}), (0.2, {"covered": "block", "glare": "block"}), (0.9, {"glare": "block"})],
    ids=["hardly", "partly", "all over: the card has that colour"],
)
def test_what_lies_over_an_unread_number_asks_for_another_picture(share: float, expected: dict[str, str]) -> None:
    unread = replace(UNREAD, hidden={"glare": share, "covered": share})
    assert said(unread, "id_portrait") == {"unreadable_number": "warn", **expected}
    assert said(replace(NUMBER, hidden=unread.hidden), "id_portrait") == {}


@pytest.mark.parametrize(("left", "cut_off"), [(3.0, True), (9.0, False)])
def test_text_at_the_edge_of_the_whole_picture_may_go_on_outside_it(left: float, cut_off: bool) -> None:
    at_the_edge = text(place=box(left, 500, 800, 560))
    assert said(at_the_edge, "id_portrait", found=None).get("cut_off") == ("block" if cut_off else None)
    proven = text(place=box(left, 500, 800, 560), id_number=PERSON.id_number)
    assert "cut_off" not in said(proven, "id_portrait", found=None)


@pytest.mark.parametrize(
    ("scores", "blurred"), [((0.7, 0.8, 0.99), True), ((0.7, 0.9, 0.99), False), ((0.7, 0.8), False)],
    ids=["half of it is not clear", "one line is not", "too few lines to tell"],
)  # fmt: skip
def test_lines_that_hardly_read_are_a_blur_that_no_measure_saw(scores: tuple[float, ...], blurred: bool) -> None:
    lines = tuple(Line("公民身份号码", score, INSIDE) for score in scores)
    unread = replace(UNREAD, lines=lines)
    assert said(unread, "id_portrait").get("blurred") == ("block" if blurred else None)
    assert said(replace(NUMBER, lines=lines), "id_portrait") == {}
