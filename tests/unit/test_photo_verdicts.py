"""What is said of a photograph, in which words, and what follows."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.unit.specimens import PERSON, photograph
from workers.photos.pipeline import process
from workers.photos.verdicts import WORDS
from workers.specimens.desk import shoot
from workers.specimens.papers import RADIUS, portrait_side


def taken(**how: object) -> bytes:
    card = portrait_side(PERSON.name, PERSON.woman, PERSON.born, PERSON.address, PERSON.id_number)
    out = io.BytesIO()
    shoot(card, 21, radius=RADIUS, **how).picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def codes(record: dict[str, object]) -> dict[str, str]:
    return {one["code"]: one["level"] for one in record["verdicts"]}


@pytest.mark.parametrize(
    ("how", "code", "level", "action"),
    [
        ({"blur": 14.0}, "blurred", "block", "refuse"),
        ({"light": 0.1}, "too_dark", "block", "refuse"),
        ({"fill": 0.24}, "too_far", "warn", "crop"),
        ({"fill": 0.19}, "too_far", "block", "refuse"),
    ],
    ids=["blurred", "dark", "rather far", "far"],
)
def test_a_bad_photograph_is_told_why(how: dict[str, object], code: str, level: str, action: str) -> None:
    record = process(taken(**how), "id_portrait", "id1").record
    assert codes(record).get(code) == level
    assert record["action"] == action


def test_a_good_photograph_is_told_nothing() -> None:
    """The control of every case above."""
    record = process(taken(), "id_portrait", "id1").record
    assert codes(record) == {}
    assert record["action"] == "crop"
    assert record["confidence"] > 0.9


def test_a_white_card_on_a_white_desk_is_for_a_review_and_the_original_stays_first() -> None:
    white = Image.new("RGB", (1012, 638), (236, 236, 236))
    out = io.BytesIO()
    shoot(white, 22, radius=RADIUS, desk=(236, 236, 236)).picture.save(out, "JPEG", quality=90)
    record = process(out.getvalue(), "bank_card:1", "id1").record
    assert "low_contrast_edge" in codes(record) or "no_card" in codes(record)
    assert record["action"] == "review"


def test_no_card_is_a_warning_not_a_wall() -> None:
    """Geometry alone never stops a customer."""
    out = io.BytesIO()
    Image.effect_noise((800, 600), 60).convert("RGB").save(out, "JPEG")
    record = process(out.getvalue(), "id_portrait", "id1").record
    assert record["action"] == "review"


@pytest.mark.parametrize("slot", ["id_portrait", "id_emblem", "signature", "bank_card:k1"])
def test_every_specimen_passes(slot: str) -> None:
    done = process(photograph(PERSON, slot), slot, "sheet" if slot == "signature" else "id1")
    assert done.record["action"] == "crop"
    assert codes(done.record) == {}
    assert Image.open(io.BytesIO(done.crop)).format == "JPEG"


def test_the_words_never_assert_more_than_may_be() -> None:
    """S20: the cause is possible, not proven. Only facts about the file itself are stated flatly."""
    of_the_file = {"file_too_big", "file_type", "too_many_pixels", "pdf_pages"}
    searched = {"no_card", "not_a_card", "unreadable_number"}  # what was not found is a fact about the search
    for code, words in WORDS.items():
        if code not in of_the_file | searched:
            assert "可能" in words.cause, code
            assert "may" in words.cause_en, code


def test_every_verdict_has_cause_and_cure_in_both_languages() -> None:
    for code, words in WORDS.items():
        assert all((words.cause, words.cure, words.cause_en, words.cure_en)), code
