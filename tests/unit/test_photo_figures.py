"""The figures by which the card finder is judged: outlines with known areas, and one small run of the whole command."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks import photos
from benchmarks.photographs.contours import outline
from benchmarks.photographs.finders import Answer, product
from benchmarks.photographs.pictures import sheet
from benchmarks.photographs.polygons import area, clipped, iou, lost
from benchmarks.photographs.reliability import of_confidence
from benchmarks.photographs.rows import Both, Row, of_cards
from benchmarks.photographs.scores import is_upright, score
from benchmarks.photographs.texts import Text, of_texts
from benchmarks.photographs.truth import Photograph, photographs
from tests.unit.specimens import PERSON, cut_away
from workers.photos.geometry import square_to, through
from workers.specimens.photograph import shot

CARD = np.array([(100, 100), (300, 100), (300, 200), (100, 200)], float)
TILTED = np.array([(120, 90), (310, 130), (280, 260), (90, 200)], float)
SIZE = (640, 480)
WINDOW = np.array([(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)])


def part(card: np.ndarray, left: float, top: float, right: float, bottom: float) -> np.ndarray:
    """A rectangle in the card's own frame, as it lies in the picture."""
    return through(square_to(card), np.array([(left, top), (right, top), (right, bottom), (left, bottom)]))


def taken(condition: str, corners: np.ndarray | None, kind: str = "id_front") -> Photograph:
    return Photograph(Path("none.jpg"), condition, kind, corners, SIZE)


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((0, 0, 1, 1), 1.0),
        ((0, 0, 0.5, 1), 0.5),
        ((-0.5, 0, 0.5, 1), 1 / 3),
        ((-0.5, -0.5, 1.5, 1.5), 0.25),
        ((2, 2, 3, 3), 0.0),
    ],
)
@pytest.mark.parametrize("card", [CARD, TILTED])
def test_outlines_share_what_geometry_says(card: np.ndarray, box: tuple[float, ...], expected: float) -> None:
    answer = part(card, *box)
    for turn in range(4):
        assert iou(np.roll(answer, turn, axis=0), card) == pytest.approx(expected)
    assert iou(answer[::-1], card) == pytest.approx(expected)


def test_a_tilted_card_is_judged_in_its_own_frame() -> None:
    """The control: in the picture the same two halves have different areas."""
    near, far = part(TILTED, 0, 0, 0.5, 1), part(TILTED, 0.5, 0, 1, 1)
    assert area(near) / area(TILTED) != pytest.approx(area(far) / area(TILTED), rel=0.02)
    assert iou(near, TILTED) == pytest.approx(iou(far, TILTED))


def test_an_outline_that_is_a_line_shares_nothing() -> None:
    flat = np.array([(100, 100), (200, 100), (300, 100), (150, 100)], float)
    assert iou(flat, CARD) == 0
    assert lost(flat, CARD, SIZE) == 1


def test_what_corners_overlap_is_cut_to_the_window() -> None:
    diamond = np.array([(0.5, -0.5), (1.5, 0.5), (0.5, 1.5), (-0.5, 0.5)])
    assert area(clipped(diamond, WINDOW)) == pytest.approx(1)
    assert area(clipped(0.5 * diamond, WINDOW)) == pytest.approx(0.375)


@pytest.mark.parametrize(
    ("box", "expected"),
    [((0, 0, 1, 1), 0.0), ((-0.1, -0.1, 1.1, 1.1), 0.0), ((0, 0, 0.98, 1), 0.02), ((0.5, 0.5, 2, 2), 0.75)],
)
def test_what_a_crop_loses_is_a_share_of_the_card(box: tuple[float, ...], expected: float) -> None:
    assert lost(part(CARD, *box), CARD, SIZE) == pytest.approx(expected)


def test_what_lies_outside_the_picture_cannot_be_lost() -> None:
    half_out = CARD - (200, 0)
    assert lost(part(half_out, 0.5, 0, 1, 1), half_out, SIZE) == pytest.approx(0)
    assert lost(part(half_out, 0.5, 0, 1, 1), half_out, (640, 150)) == pytest.approx(0)
    assert lost(part(half_out, 0.75, 0, 1, 1), half_out, SIZE) == pytest.approx(0.5)


def test_the_areas_agree_with_counted_pixels() -> None:
    answer = part(TILTED, 0.1, -0.1, 1.2, 0.9)
    assert lost(answer, TILTED, SIZE) == pytest.approx(cut_away(answer, TILTED, SIZE), abs=0.02)


def test_a_crop_that_loses_more_than_one_in_a_hundred_is_over_cut() -> None:
    for right, over in ((0.995, False), (0.985, True)):
        cut = part(CARD, 0, 0, right, 1)
        assert score(taken("easy", CARD), Answer(cut, cut, "crop")).over_cut is over
        assert score(taken("easy", CARD), Answer(cut, cut, "review")).over_cut is False


def test_only_the_contents_own_top_left_is_the_right_way_up() -> None:
    assert [is_upright(np.roll(CARD, turn, axis=0) + 3, CARD) for turn in range(4)] == [True, False, False, False]


def test_the_usual_way_finds_a_bright_card_and_nothing_on_a_plain_desk() -> None:
    desk = np.full((300, 400), 0.1)
    assert outline(desk) is None
    desk[100:200, 100:300] = 0.9
    assert iou(outline(desk), CARD) > 0.97


def test_each_figure_counts_the_photographs_that_it_speaks_of() -> None:
    right, wrong = Answer(CARD, CARD, "crop"), Answer(CARD + 60, CARD + 60, "crop")
    nothing, kept = Answer(None, None, "review"), Answer(CARD, CARD, "review")
    upside_down = Answer(np.roll(CARD, 2, axis=0), CARD, "crop")
    answers = [
        (taken("easy", CARD), right), (taken("easy", CARD), wrong), (taken("lowcontrast", CARD), nothing),
        (taken("easy", CARD, "bank_card"), upside_down), (taken("cutoff", CARD), kept), (taken("cutoff", CARD), right),
        (taken("negative", None), wrong), (taken("negative", None), nothing),
        (taken("easy", CARD, "signature"), upside_down),
    ]  # fmt: skip
    scores = [score(*one) for one in answers]
    rows = {row.what.split(" (")[0]: row for row in of_cards(Both(scores, scores))}
    assert rows["whole cards: IoU >= 0.95"].product == 60
    assert rows["low contrast: IoU >= 0.95"].product == 0
    assert rows["crops of a card: over-cut"].product == 20
    assert rows["crops of whole cards: wrong"].product == 25
    assert rows["cut-off cards: cropped"].product == 50
    assert rows["negatives: cropped"].product == 50
    assert rows["located cards: the right way up"].product == 50
    assert rows["located ID sides: the right way up"].product == 100


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (Row("a", 97.0, goal=97), "ok"),
        (Row("a", 96.9, goal=97), "MISS"),
        (Row("a", 0.3, goal=0.3, least=False), "ok"),
        (Row("a", 0.4, goal=0.3, least=False), "MISS"),
        (Row("a", None, goal=97), ""),
        (Row("a", 50.0), ""),
    ],
)
def test_a_row_tells_whether_its_goal_is_reached(row: Row, told: str) -> None:
    assert row.told == told


PRINTED = {"id_front": {"id_number": PERSON.id_number}, "bank_card": {"card_number": PERSON.card_number}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two drawn photographs with their truth."""
    place = tmp_path_factory.mktemp("photographs")
    truth = {}
    for slot, kind in (("id_portrait", "id_front"), ("bank_card", "bank_card")):
        one = shot(PERSON, slot)
        one.picture.save(place / f"{slot}.jpg", quality=88)
        width, height = one.picture.size
        truth[f"{slot}.jpg"] = {
            "corners": one.corners.tolist(), "cond": "easy", "kind": kind, "width": width, "height": height,
            "fields": PRINTED[kind],
        }  # fmt: skip
    (place / "truth.json").write_text(json.dumps(truth))
    return place


def test_the_margin_is_taken_off_again(folder: Path) -> None:
    """What is drawn here is found to a pixel: without its margin the outline is the card."""
    scores = [score(one, product(one)) for one in photographs(folder)]
    assert all(one.bare > 0.985 > one.iou > 0.95 and one.upright and one.lost < 0.001 for one in scores)


def test_the_command_prints_each_figure_with_its_goal(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert photos.main(["--images", str(folder), "--count", "1", "--untimed", "--failures"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("whole cards: IoU >= 0.95") and " ok " in line for line in lines)
    assert any(line.startswith("  easy: IoU >= 0.95") for line in lines)
    assert lines[0].count("load") == lines[-1].count("load") == 1


def test_what_was_claimed_stands_beside_what_was_right() -> None:
    sure, unsure = (Answer(CARD, CARD, "crop", confidence=claimed) for claimed in (1.0, 0.91))
    wrong = Answer(CARD + 400, CARD + 400, "crop", confidence=0.93)
    scores = [score(taken("easy", CARD), one) for one in (sure, unsure, wrong)]
    scores.append(score(taken("cutoff", CARD), wrong))
    told = [line.split() for line in of_confidence(scores)]
    assert told[0] == ["confidence", "claimed", "right", "of"]
    assert ["0.90", "to", "0.95", "92.0%", "50.0%", "2"] in told
    assert ["0.98", "to", "1.00", "100.0%", "100.0%", "1"] in told
    assert ["0.00", "to", "0.20", "-", "-", "0"] in told


def test_failures_come_as_one_sheet_of_pictures(folder: Path, tmp_path: Path) -> None:
    one = photographs(folder)[0]
    failed = score(one, Answer(one.corners + 100, one.corners + 100, "review"))
    assert photos.failures([failed, score(one, Answer(one.corners, one.corners, "crop"))]) == [failed]
    sheet([failed] * 4, tmp_path / "sheet.jpg")
    with Image.open(tmp_path / "sheet.jpg") as drawn:
        assert drawn.size == (1092, 546)
    sheet([], tmp_path / "none.jpg")
    assert not (tmp_path / "none.jpg").exists()


def test_the_command_tells_what_is_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert photos.main(["--images", str(folder), "--untimed", "--read", "--failures"]) == 0
    lines = capsys.readouterr().out.splitlines()
    for row in ("ID number exact", "bank card number exact", "numbers that their check proves: wrong"):
        assert any(line.startswith(row) and "  ok " in line for line in lines)
    assert not any(".jpg: " in line for line in lines), "nothing was read wrong"


@pytest.mark.parametrize(
    ("read", "right", "proven_wrong", "filled_in_wrong"),
    [
        ({"value": "1", "checked": True, "sure": True}, 100, 0, 0),
        ({"value": "2", "checked": True, "sure": True}, 0, 100, 100),
        ({"value": "2", "checked": False, "sure": False}, 0, None, None),
        (None, 0, None, None),
    ],
    ids=["right", "wrong and proven", "wrong", "not read"],
)
def test_what_was_read_is_held_against_what_is_printed(
    read: dict[str, object] | None, right: float, proven_wrong: float | None, filled_in_wrong: float | None
) -> None:
    card = Photograph(Path("none.jpg"), "easy", "bank_card", CARD, SIZE, {"card_number": "1"})
    record = {"action": "crop", "corners": None, "verdicts": []}
    rows = {
        row.what: row.product for row in of_texts([Text(card, record, {} if read is None else {"number": read}, 0.1)])
    }
    assert rows["bank card number exact, of photographs not refused"] == right
    assert rows["numbers that their check proves: wrong"] == proven_wrong
    assert rows["fields that are filled in: wrong"] == filled_in_wrong
    refused = Text(card, {**record, "action": "refuse"}, {}, 0.1)
    assert {row.what: row.of for row in of_texts([refused])}[
        "bank card number exact, of photographs not refused"
    ] == "0"
