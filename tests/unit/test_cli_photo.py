"""`kaihu photo locate`: one line of JSON for each path."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.photo import photo
from tests.unit.specimens import PERSON, overlap
from workers.photos import pipeline
from workers.specimens.photograph import shot


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    taken = shot(PERSON, "id_portrait").picture
    taken.save(tmp_path / "small.jpg", quality=90)
    taken.resize((4000, 3000)).save(tmp_path / "large.jpg", quality=80)
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    return [tmp_path / name for name in ("small.jpg", "large.jpg", "broken.jpg", "missing.jpg")]


@pytest.mark.parametrize("server", [True, False])
def test_each_path_is_answered_by_one_line(pictures: list[Path], server: bool) -> None:
    lines = "".join(f"{path}\n" for path in pictures)
    arguments = ["locate", "--server"] if server else ["locate", *map(str, pictures)]
    done = CliRunner().invoke(photo, arguments, input=lines)
    answers = [json.loads(line) for line in done.output.splitlines()]
    assert done.exit_code == 0
    assert [answer["action"] for answer in answers] == ["crop", "crop", "refuse", "refuse"]
    assert answers[2]["corners"] is None
    small, large = answers[0]["corners"], answers[1]["corners"]
    assert overlap([[x / 2.5, y / 2.5] for x, y in large], small, (1600, 1200)) > 0.98


BAD_LINES = {
    "no UTF-8": b"\xff\xfe.jpg",
    "a null byte": b"a\0b.jpg",
    "nothing": b"",
    "a folder": b"/",
    "a device without end": b"/dev/zero",
    "a name that is too long": b"x" * 5000,
}


def test_the_server_answers_every_line_and_goes_on(pictures: list[Path]) -> None:
    lines = b"".join(line + b"\n" for line in BAD_LINES.values()) + f"{pictures[0]}\n".encode()
    done = CliRunner().invoke(photo, ["locate", "--server"], input=lines)
    answers = [json.loads(line) for line in done.output.splitlines()]
    assert done.exit_code == 0
    assert [answer["action"] for answer in answers] == ["refuse"] * len(BAD_LINES) + ["crop"]


def test_the_server_outlives_a_failure_of_the_pipeline(pictures: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    process = pipeline.process

    def stumble(data: bytes, slot: str, kind: str) -> pipeline.Processed:
        if data == b"no picture":
            raise ZeroDivisionError
        return process(data, slot, kind)

    monkeypatch.setattr(pipeline, "process", stumble)
    lines = f"{pictures[2]}\n{pictures[0]}\n"
    answers = [
        json.loads(line) for line in CliRunner().invoke(photo, ["locate", "--server"], input=lines).output.splitlines()
    ]
    assert answers[0]["error"] == "ZeroDivisionError"
    assert [answer["action"] for answer in answers] == ["refuse", "crop"]
