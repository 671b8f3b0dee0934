"""The real text engine on drawn specimens: exact, without a network, and only where it is asked for."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import date

import numpy as np
import pytest
from PIL import Image

from tests.unit.specimens import PERSON
from workers.photos.reading import Bin, read, warm
from workers.photos.recognise import SURE_TURN
from workers.specimens.fonts import has_chinese
from workers.specimens.papers import debit_card, emblem_side, portrait_side, signature_sheet

TODAY = date(2026, 11, 29)
BINS = (Bin("620000", "SAMPLE", "debit", 19),)
CHINESE = pytest.mark.skipif(not has_chinese(), reason="no typeface with Chinese here")


def portrait() -> Image.Image:
    return portrait_side(PERSON.name, PERSON.woman, PERSON.born, PERSON.address, PERSON.id_number)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("reading asked for the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def test_a_network_that_is_asked_would_be_found(no_network: None) -> None:
    """The control of the test below."""
    with pytest.raises(AssertionError, match="network"):
        socket.create_connection(("127.0.0.1", 9), timeout=0.1)


def test_the_number_is_read_without_a_network(no_network: None) -> None:
    from workers.photos.reading import ocr

    ocr.engine.cache_clear()  # so that the models are loaded under the ban as well
    warm()
    number = read(portrait(), "id_portrait", TODAY).fields["id_number"]
    assert (number.value, number.checked, number.sure) == (PERSON.id_number, True, True)


@CHINESE
def test_the_side_with_the_portrait_is_read_whole() -> None:
    reading = read(portrait(), "id_portrait", TODAY)
    assert {name: field.value for name, field in reading.fields.items() if name != "nation"} == {
        "name": PERSON.name, "sex": "男", "birth": "1990-03-07", "address": PERSON.address,
        "id_number": PERSON.id_number,
    }  # fmt: skip
    assert reading.document == "id_portrait"
    assert all(reading.fields[name].checked for name in ("sex", "birth", "id_number"))


@CHINESE
@pytest.mark.parametrize("turn", [0, 180])
def test_the_side_with_the_emblem_is_read_either_way_up(turn: int) -> None:
    reading = read(emblem_side(PERSON.issuer, PERSON.valid).rotate(turn), "id_emblem", TODAY)
    assert {name: (field.value, field.sure) for name, field in reading.fields.items()} == {
        "issuer": (PERSON.issuer, True), "validity": (PERSON.valid, True),
    }  # fmt: skip
    assert (reading.turn, reading.document) == (turn, "id_emblem")
    assert reading.turn_margin > 0.6


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_bank_card_is_read_whichever_way_it_lies(turn: int) -> None:
    lying = debit_card(PERSON.bank, PERSON.card_number).rotate(-turn, expand=True)
    reading = read(lying, "bank_card:1", TODAY, BINS)
    assert {name: field.value for name, field in reading.fields.items()} == {
        "number": PERSON.card_number, "bank": "SAMPLE", "kind": "debit",
    }  # fmt: skip
    assert (reading.turn, reading.size) == (turn, (1012, 638))


@CHINESE
def test_the_other_side_and_another_card_are_told_by_their_words() -> None:
    card = debit_card(PERSON.bank, PERSON.card_number)
    asked = (
        (portrait(), "id_emblem"),
        (emblem_side(PERSON.issuer, PERSON.valid), "bank_card:1"),
        (card, "id_portrait"),
    )
    assert [read(picture, slot, TODAY).document for picture, slot in asked] == ["id_portrait", "id_emblem", "bank_card"]


class Mumbling:
    """An engine that sees three lines on their head and reads nothing clearly."""

    def __init__(self, score: float) -> None:
        self.score = score

    def boxes(self, picture: np.ndarray) -> np.ndarray:
        rows = [[(50, top), (600, top), (600, top + 50), (50, top + 50)] for top in (100, 300, 500)]
        return np.array(rows, np.float32)

    def upside_down(self, strips: list[np.ndarray]) -> list[float]:
        return [1.0 for _ in strips]

    def texts(self, strips: list[np.ndarray]) -> list[tuple[str, float]]:
        return [("居民身份证", self.score) for _ in strips]


@pytest.mark.parametrize(("score", "overrules"), [(0.99, True), (0.7, False)])
def test_lines_that_hardly_read_do_not_turn_a_card(score: float, overrules: bool) -> None:
    reading = read(Image.new("RGB", (1012, 638)), "id_emblem", TODAY, engine=Mumbling(score))
    assert (reading.turn, reading.turn_margin >= SURE_TURN) == (180, overrules)


def test_nothing_is_read_where_nothing_is_written() -> None:
    reading = read(Image.new("RGB", (1012, 638), (180, 170, 160)), "id_portrait", TODAY)
    assert (reading.lines, reading.fields, reading.document, reading.turn_margin) == ((), {}, "none", 0.0)


def test_a_signature_has_no_fields() -> None:
    assert read(signature_sheet("样小明", 3), "signature", TODAY).fields == {}


LOADED = "import sys, {module}; print(sorted(set(sys.modules) & {{'rapidocr', 'onnxruntime'}}))"


@pytest.mark.parametrize("module", ["workers.photos.reading", "workers.photos.pipeline", "workers.catalogue"])
def test_the_engine_is_loaded_by_nobody_who_only_imports(module: str) -> None:
    asked = [sys.executable, "-c", LOADED.format(module=module)]
    assert subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_an_engine_that_is_loaded_would_be_seen() -> None:
    """The control of the test above."""
    asked = [sys.executable, "-c", LOADED.format(module="onnxruntime")]
    assert "onnxruntime" in subprocess.run(asked, capture_output=True, text=True, check=True).stdout
