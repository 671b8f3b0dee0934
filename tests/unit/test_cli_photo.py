"""`kaihu photo locate`: one line of JSON for each path."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.photo import photo
from tests.unit.specimens import PERSON, overlap
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
