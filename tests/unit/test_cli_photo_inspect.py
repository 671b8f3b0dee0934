"""`kaihu photo inspect`: what is said of one file, to people and to programs, and by the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from cli.photo import photo
from cli.photo_words import LABELS
from tests.fuzz.hostile import RECIPES
from tests.unit.specimens import PERSON, overlap
from workers.specimens.photograph import Shot, shot


def inspect(path: Path, *words: str, slot: str = "id_portrait") -> Result:
    return CliRunner().invoke(photo, ["inspect", str(path), "--slot", slot, *words])


def told(path: Path, slot: str = "id_portrait") -> dict[str, object]:
    answer: dict[str, object] = json.loads(inspect(path, "--json", slot=slot).output)
    return answer


@pytest.fixture(scope="module")
def taken() -> Shot:
    return shot(PERSON, "id_portrait")


@pytest.fixture
def portrait(tmp_path: Path, taken: Shot) -> Path:
    taken.picture.save(tmp_path / "portrait.jpg", quality=90)
    return tmp_path / "portrait.jpg"


def test_a_program_is_told_outline_way_up_action_verdicts_and_fields(portrait: Path, taken: Shot) -> None:
    answer = told(portrait)
    assert set(answer) == {"corners", "rotation", "confidence", "action", "verdicts", "fields", "size", "format"}
    assert (answer["action"], answer["rotation"], answer["size"]) == ("crop", 0, [1600, 1200])
    assert overlap(answer["corners"], taken.corners, (1600, 1200)) > 0.95
    number = answer["fields"]["id_number"]
    assert (number["value"], number["checked"], number["sure"]) == (PERSON.id_number, True, True)
    assert [one["code"] for one in answer["verdicts"]] == []  # nobody has signed in whose number it could not be


def test_corners_begin_where_the_content_does_in_pixels_of_the_file(
    tmp_path: Path, portrait: Path, taken: Shot
) -> None:
    """A file that is larger than what is worked on, and on its head."""
    turned = taken.picture.resize((4000, 3000), Image.Resampling.BICUBIC).rotate(180)
    turned.save(tmp_path / "turned.jpg", quality=90)
    here, there = told(portrait), told(tmp_path / "turned.jpg")
    assert (there["rotation"], there["size"]) == (180, [4000, 3000])
    for (x, y), (u, v) in zip(here["corners"], there["corners"], strict=True):
        assert abs(4000 - 2.5 * x - u) < 30 and abs(3000 - 2.5 * y - v) < 30


@pytest.mark.parametrize("clockwise", [0, 90, 180, 270])
def test_the_rotation_is_how_far_the_content_lies_turned_clockwise(tmp_path: Path, taken: Shot, clockwise: int) -> None:
    taken.picture.rotate(-clockwise, expand=True).save(tmp_path / "turned.jpg", quality=90)
    answer = told(tmp_path / "turned.jpg")
    (left, top), (right, bottom) = answer["corners"][0], answer["corners"][2]
    assert answer["rotation"] == clockwise
    assert (left < right, top < bottom) == {
        0: (True, True), 90: (False, True), 180: (False, False), 270: (True, False),
    }[clockwise]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "可以使用，先显示切边后的照片"), ("en", "the cut-out is shown first")]
)
def test_people_read_it_in_their_language(portrait: Path, lang: str, said: str) -> None:
    done = inspect(portrait, "--lang", lang)
    assert done.exit_code == 0
    assert done.output.startswith("portrait.jpg: ") and said in done.output.splitlines()[0]
    assert PERSON.id_number in done.output and LABELS[lang]["id_number"] in done.output


def test_another_paper_than_the_slot_asks_for_is_refused(portrait: Path) -> None:
    done = inspect(portrait, "--lang", "en", slot="bank_card")
    assert (done.exit_code, "wrong_document" in done.output) == (1, True)


HOSTILE = [
    "png: 30,000 x 30,000, all of it there", "svg that reads a file of the server", "pdf: two pages", "nothing at all",
    "pdf: drawing without end", "heic: cut in its data",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_clear_line(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(RECIPES[name].make())
    done = inspect(path, "--lang", "en")
    first, reason = done.output.splitlines()
    assert done.exit_code == 1
    assert first == "hostile: cannot be used; another photo is needed (refuse)"
    assert reason.startswith("  [replace] ") and reason.endswith(")")
    assert told(path)["corners"] is None


@pytest.mark.parametrize("what", ["nothing", "a folder"])
def test_what_is_no_file_is_a_mistake_in_the_command(tmp_path: Path, what: str) -> None:
    done = inspect(tmp_path if what == "a folder" else tmp_path / "nowhere.jpg")
    assert (done.exit_code, "no such file" in done.output) == (2, True)


def test_both_languages_have_all_words() -> None:
    assert LABELS["zh"].keys() == LABELS["en"].keys()
