"""A cut-out that may stand on its head is not shown first, until its text says which way up it is."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from PIL import Image

from tests.unit.specimens import PERSON
from workers.photos.judge import judge
from workers.photos.locate import drawn
from workers.photos.orient import CLEAR, SETTLED, WayUp
from workers.photos.pipeline import Processed, process
from workers.photos.priors import ID1
from workers.photos.quality import Quality
from workers.photos.recognise import Asked, recognise
from workers.specimens.desk import shoot
from workers.specimens.fonts import has_chinese
from workers.specimens.papers import RADIUS, emblem_side

CHINESE = pytest.mark.skipif(not has_chinese(), reason="no typeface with Chinese here")
ASKED = Asked("id_emblem", date(2026, 11, 29), None)
WORDLESS = Image.new("RGB", (1012, 638), (225, 228, 232))
WORDLESS.paste((150, 160, 175), (300, 200, 700, 420))


def looked_at(card: Image.Image, turn: int = 0) -> Processed:
    out = io.BytesIO()
    shoot(card.rotate(turn), 21, radius=RADIUS).picture.save(out, "JPEG", quality=90)
    return process(out.getvalue(), "id_emblem", "id1")


def emblem(*, red: bool) -> Image.Image:
    """In black and white nothing tells where the emblem is."""
    card = emblem_side(PERSON.issuer, PERSON.valid)
    return card if red else card.convert("L").convert("RGB")


def codes(record: dict[str, Any]) -> list[str]:
    return [one["code"] for one in record["verdicts"]]


@pytest.mark.parametrize(("red", "action"), [(False, "review"), (True, "crop")], ids=["doubtful", "the control"])
def test_a_doubtful_turn_keeps_the_original_first(red: bool, action: str) -> None:
    done = looked_at(emblem(red=red))
    record: Any = done.record
    assert (record["action"], "uncertain_turn" in codes(record)) == (action, not red)
    assert record["located"] > 0.9 and (record["confidence"] < 0.6) is not red
    assert done.stages["orient"]["margin"] == record["turn_margin"] and done.stages["locate"]["confidence"] > 0.9


@CHINESE
@pytest.mark.parametrize("turn", [0, 180])
def test_a_text_that_says_which_way_up_settles_it(turn: int) -> None:
    done = looked_at(emblem(red=False), turn)
    assert done.upright and done.crop
    text: Any = recognise(done.upright, done.crop, done.record, ASKED).record
    assert (text["action"], codes(text)) == ("crop", [])
    assert text["confidence"] == done.record["located"]


def test_a_text_that_says_nothing_leaves_the_doubt() -> None:
    done = looked_at(WORDLESS)
    assert done.upright and done.crop and "uncertain_turn" in codes(dict(done.record))
    text = recognise(done.upright, done.crop, done.record, ASKED).record
    assert (text["action"], "uncertain_turn" in codes(text), "confidence" in text) == ("review", True, False)


@pytest.mark.parametrize(
    ("way", "doubted"),
    [
        (WayUp(0, 0.0), True),  # nothing can be told
        (WayUp(180, CLEAR - 0.001), True),
        (WayUp(180, CLEAR), False),
        (SETTLED, False),  # a sheet of paper: nobody asks
    ],
)
def test_from_what_margin_on_a_turn_is_believed(way: WayUp, doubted: bool) -> None:
    sharp = Quality(blur=0.3, light=0.8, width=800.0, contrast=40.0)
    found = drawn([(100, 100), (900, 100), (900, 600), (100, 600)])
    assert [one["code"] for one in judge(found, sharp, ID1, way)] == (["uncertain_turn"] if doubted else [])
