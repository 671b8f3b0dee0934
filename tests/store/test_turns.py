"""Writers of one SQLite file take turns, and nobody waits for ever for somebody who is gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import create_engine

from engine import turns
from engine.turns import Turns
from tests.house import ROOT

HOLDER = """
import sys
from sqlalchemy import create_engine
from engine.turns import Turns
with Turns(create_engine(sys.argv[1])).turn():
    print("mine", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'house.db'}"


@pytest.mark.parametrize("of_one_process", [True, False])
def test_a_second_writer_comes_after_the_one_whose_turn_it_is(url: str, of_one_process: bool) -> None:
    here = Turns(create_engine(url))
    there, came = here if of_one_process else Turns(create_engine(url)), []

    def other() -> None:
        with there.turn():
            came.append("second")

    waiting = Thread(target=other)
    with here.turn():
        waiting.start()
        waiting.join(0.1)
        came.append("first")
    waiting.join()
    assert came == ["first", "second"]


def test_whoever_has_waited_long_enough_goes_on(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    line = Turns(create_engine(url))
    with line.turn(), line.turn(), Turns(create_engine(url)).turn():
        pass


def test_who_is_killed_holds_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 3600)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, url], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout and holder.stdout.readline() == "mine\n"
    holder.kill()
    holder.communicate()
    with Turns(create_engine(url)).turn():
        pass


def test_a_database_server_has_no_line(tmp_path: Path) -> None:
    with Turns(create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none")).turn():
        assert list(tmp_path.iterdir()) == []
