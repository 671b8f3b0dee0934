"""Each hostile file that somebody thought of: taken or refused as it should be, within the bounds, and bare."""

from __future__ import annotations

import pytest

from tests.fuzz.hostile import RECIPES
from tests.fuzz.hostile.bombs import png_of_zeros
from tests.fuzz.hostile.documents import endless_drawing, of_pages, one_page, with_script
from tests.fuzz.hostile.pieces import PAGES, TAKEN, UNREADABLE
from tests.fuzz.hostile.secrets import RECIPES as SECRETS
from tests.fuzz.judge import look, wrong_with
from workers.photos import apart, intake, pdf, pipeline

pytestmark = pytest.mark.usefixtures("warm_worker")


@pytest.mark.parametrize("name", RECIPES)
def test_a_hostile_file_is_taken_or_refused_within_bounds(name: str) -> None:
    recipe = RECIPES[name]
    seen = look(recipe.make())
    assert seen.outcome in recipe.may
    assert seen.broken == []


def test_there_are_sixty_of_them_and_more() -> None:
    assert len(RECIPES) >= 60


# -- the controls: without the guard the same judge complains --


def test_without_the_limit_of_pixels_a_bomb_is_stopped_by_the_bound_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    lift_limits(monkeypatch)
    assert look(png_of_zeros(20_000)).outcome == UNREADABLE


def test_without_the_bound_of_memory_either_it_takes_what_it_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    lift_limits(monkeypatch)
    monkeypatch.setattr(apart, "MEMORY", 4 << 30)
    monkeypatch.setattr(apart, "SECONDS", 60)
    assert any("MiB" in wrong for wrong in look(png_of_zeros(20_000)).broken)


def lift_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "MAX_PIXELS", dict.fromkeys(intake.MAX_PIXELS, 1 << 40))
    monkeypatch.setattr(intake.Image, "MAX_IMAGE_PIXELS", None)


def test_without_the_bound_of_time_a_drawing_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 2.5)
    assert any(wrong.endswith(" s") for wrong in look(endless_drawing()).broken)


def test_with_the_time_of_a_jpeg_a_phones_24_megapixels_would_be_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "HEIC_SECONDS", 0.5)  # a fast core may do in 1.8 what is meant to be taken on a slow one
    assert look(RECIPES["heic: five hundred tiles, 24 megapixels"].make()).outcome == UNREADABLE


@pytest.mark.parametrize("name", SECRETS)
def test_what_a_file_brought_would_be_seen_in_what_is_served(name: str) -> None:
    assert wrong_with(SECRETS[name].make())


def test_a_picture_that_is_served_as_it_came_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = SECRETS["jpeg: place, phone and name in EXIF"].make()
    monkeypatch.setattr(intake, "as_jpeg", lambda picture, quality=90: sent)
    assert look(sent).broken


def test_a_worker_that_dies_of_a_file_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was before files were read apart: the reader's exception is the job's."""

    def careless(data: bytes) -> intake.Intake:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline.apart, "read", careless)
    assert look(one_page()).broken == ["neither taken nor refused: ZeroDivisionError: "]


def test_a_script_is_what_refuses_a_pdf_with_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(with_script()).outcome == UNREADABLE
    monkeypatch.setattr(pdf.raw, "FPDFDoc_GetJavaScriptActionCount", lambda document: 0)
    assert look(with_script()).outcome == TAKEN


@pytest.mark.parametrize(("pages", "outcome"), [(1, TAKEN), (2, PAGES)])
def test_one_page_is_a_photograph_and_two_are_none(pages: int, outcome: str) -> None:
    assert look(of_pages(pages)).outcome == outcome
