"""The weights of the finder: what is committed, and the command that fits them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks import fit
from benchmarks.photographs.fitting import answered, asked_apart, fitted
from benchmarks.photographs.kept import keep, kept
from benchmarks.photographs.samples import Sample, samples
from benchmarks.photographs.truth import photographs
from tests.unit.specimens import PERSON
from tests.unit.test_photo_completed import LAID, white_on_white
from workers.photos import weights
from workers.photos.priors import ID1, SHEET
from workers.specimens.photograph import shot

RECKONED = "a side was reckoned"


def drawn(count: int, tell: float) -> list[Sample]:
    """Photographs of five outlines: the first measurement tells the right one, the second is chance, the third is 1."""
    chance = np.random.default_rng(4)
    right = np.eye(5, dtype=bool)[chance.integers(0, 5, count)]
    features = np.stack([right * tell, chance.normal(size=right.shape), np.ones(right.shape)], axis=2)
    places = np.arange(5)[:, None, None] * 100 + np.array([(0, 0), (50, 0), (50, 30), (0, 30)])
    return [Sample(rows, places.astype(float), told) for rows, told in zip(features, right, strict=True)]


def test_what_tells_is_weighed_and_what_is_chance_is_not() -> None:
    best = fitted(drawn(60, 1.0), np.zeros(3), 0.1)
    assert best[0] > 3
    assert abs(best[1]) < 0.3 * best[0]


def test_weights_that_are_held_firmly_stay() -> None:
    start = np.array([1.0, -2.0, 0.5])
    held, free = (fitted(drawn(20, 1.0), start, firmness)[:2] for firmness in (1e6, 0.1))
    assert held == pytest.approx(start[:2], abs=1e-3)
    assert np.abs(free - start[:2]).max() > 0.5  # the control


def test_the_same_photographs_give_the_same_weights() -> None:
    one, two = (fitted(drawn(20, 1.0), np.zeros(3), 0.3) for _ in range(2))
    assert (one == two).all()


def test_where_nothing_is_right_none_is_believed() -> None:
    nothing = [Sample(one.features, one.corners, np.zeros(5, bool)) for one in drawn(40, 0.0)]
    best = fitted(nothing, np.zeros(3), 0.01)
    assert all(answered(one, best)[0] < 0.1 for one in nothing)


@pytest.mark.parametrize(("tell", "least", "most"), [(1.0, 36, 40), (0.0, 0, 20)], ids=["told", "chance"])
def test_each_photograph_is_asked_with_weights_of_the_others(tell: float, least: int, most: int) -> None:
    answers = asked_apart(drawn(40, tell), np.zeros(3), 0.1)
    assert len(answers) == 40
    assert least <= sum(right for _, right in answers) <= most


def test_the_committed_weights_are_what_the_finder_loads() -> None:
    assert ID1.evidence == tuple(card for card, _ in weights.EVIDENCE.values())
    assert SHEET.evidence == tuple(sheet for _, sheet in weights.EVIDENCE.values())
    assert ID1.again == tuple(weights.AGAIN.values())
    assert SHEET.again == ()
    assert list(weights.AGAIN) == [*weights.EVIDENCE, *weights.FURTHER]
    assert weights.FURTHER[0] == RECKONED


def test_the_second_looks_weights_are_what_its_samples_give() -> None:
    committed = np.array(list(weights.AGAIN.values()))
    begun = np.array(list(fit.begun_with("id1", "again").values()))
    assert fitted(kept(fit.AGAIN), begun, fit.FIRMNESS) == pytest.approx(committed, abs=0.1)
    assert np.abs(begun - committed).max() > 1  # the control: it does not begin there


def test_samples_are_kept_as_they_are(tmp_path: Path) -> None:
    drawn_now = drawn(6, 1.0)
    keep(drawn_now, tmp_path / "kept.npz")
    for one, other in zip(drawn_now, kept(tmp_path / "kept.npz"), strict=True):
        assert other.features == pytest.approx(one.features, abs=1e-6)
        assert (other.corners == one.corners).all()
        assert (other.right == one.right).all()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A card that is easily found, and a white one on white."""
    place = tmp_path_factory.mktemp("photographs")
    one = shot(PERSON, "id_portrait")
    pictures = {"easy": (one.picture, one.corners.tolist()), "white": (white_on_white(), LAID.tolist())}
    truth = {}
    for name, (picture, corners) in pictures.items():
        picture.save(place / f"{name}.jpg", quality=90)
        width, height = picture.size
        truth[f"{name}.jpg"] = {
            "corners": corners, "cond": name, "kind": "id_front", "width": width, "height": height
        }  # fmt: skip
    (place / "truth.json").write_text(json.dumps(truth))
    return place


def test_every_measurement_has_its_weight(folder: Path) -> None:
    first, again = (list(samples(photographs(folder), "id1", which)) for which in ("first", "again"))
    assert [one.features.shape[1] for one in first] == [len(weights.EVIDENCE)] * 2
    assert [one.features.shape[1] for one in again] == [len(weights.AGAIN)]  # of the sure one there is no second look
    assert again[0].right.any()
    assert set(again[0].features[:, list(weights.AGAIN).index(RECKONED)]) == {0.0, 1.0}
    assert list(samples(photographs(folder), "sheet", "first")) == []


@pytest.mark.parametrize(("look", "names"), [("first", weights.EVIDENCE), ("again", weights.AGAIN)])
def test_the_command_prints_weights_and_what_they_are_worth(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], look: str, names: dict[str, object]
) -> None:
    assert fit.main(["--images", str(folder), "--look", look, "--keep", str(tmp_path / "kept.npz")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split('"')[1] for line in lines if line.startswith('    "')] == list(names)
    assert sum(line.startswith("0.98 to 1.00") for line in lines) == 2
    assert fit.main(["--samples", str(tmp_path / "kept.npz"), "--look", look]) == 0
    assert capsys.readouterr().out.splitlines()[0] == lines[0]


def test_where_nothing_can_be_fitted_it_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fit.main(["--images", str(folder), "--kind", "sheet"]) == 1
    assert "none of these photographs" in capsys.readouterr().err
