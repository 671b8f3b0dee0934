"""What carries calls: set up in a sentence or refused in one, asked by the doctor."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.call_engine import BadEngine, CallEngine, call_engine
from cli.installation import Installation
from tests.cli.conftest import Kaihu
from tests.crash.harness import free_port
from tests.janus import SECRET, janus

URL = "http://127.0.0.1:8088/janus"


@pytest.fixture
def set_up(place: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Janus as the guide has it; the folder of its recordings."""
    place.janus_secret.write_text(f"{SECRET}\n")
    place.janus_secret.chmod(0o600)
    folder = tmp_path / "recordings"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("CALL_ENGINE", "janus")
    monkeypatch.setenv("JANUS_URL", URL)
    monkeypatch.setenv("JANUS_RECORDINGS", str(folder))
    return folder


def test_calls_go_from_browser_to_browser_where_nothing_is_said(place: Installation) -> None:
    assert call_engine(place) == CallEngine() and call_engine(place).name == "peer"


def test_janus_is_set_up_by_its_address_its_folder_and_its_secret(place: Installation, set_up: Path) -> None:
    assert call_engine(place) == CallEngine("janus", URL, SECRET, set_up)


def test_new_calls_may_go_back_to_the_browsers_while_calls_of_janus_go_on(
    place: Installation, set_up: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALL_ENGINE", "peer")
    assert call_engine(place) == CallEngine("peer", URL, SECRET, set_up)


HALF: dict[str, tuple[dict[str, str], Callable[[Path, Path], object], str]] = {
    "another engine": ({"CALL_ENGINE": "jitsi"}, lambda secret, folder: None, "neither peer nor janus"),
    "no address": ({"JANUS_URL": ""}, lambda secret, folder: None, "JANUS_URL: missing"),
    "no folder": ({"JANUS_RECORDINGS": ""}, lambda secret, folder: None, "JANUS_RECORDINGS: missing"),
    "elsewhere": (
        {"JANUS_URL": "http://media.example:8088/janus"},
        lambda secret, folder: None,
        "no address of this machine",
    ),
    "a name in it": (
        {"JANUS_URL": "http://localhost.example:80/"},
        lambda secret, folder: None,
        "no address of this",
    ),
    "no secret": ({}, lambda secret, folder: secret.unlink(), "it holds Janus' api_secret"),
    "an open secret": ({}, lambda secret, folder: secret.chmod(0o644), "open to others"),
    "a folder that is not there": ({}, lambda secret, folder: shutil.rmtree(folder), "no folder with its whole path"),
    "an open folder": ({}, lambda secret, folder: folder.chmod(0o755), "open to everybody"),
}


@pytest.mark.parametrize(("named", "spoil", "said"), HALF.values(), ids=HALF)
def test_half_of_it_is_refused_in_a_sentence(
    place: Installation,
    set_up: Path,
    monkeypatch: pytest.MonkeyPatch,
    named: dict[str, str],
    spoil: Callable[[Path, Path], object],
    said: str,
) -> None:
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    spoil(place.janus_secret, set_up)
    with pytest.raises(BadEngine, match=said) as refused:
        call_engine(place)
    assert SECRET not in refused.value.message


def test_a_half_set_up_engine_stops_the_start(kaihu: Kaihu, set_up: Path) -> None:
    set_up.rmdir()
    done = kaihu("up", "--no-demo", "--port", str(free_port()))
    assert done.exit_code == 1 and "JANUS_RECORDINGS" in done.output


def test_the_doctor_asks_janus_and_tries_the_secret(
    kaihu: Kaihu, place: Installation, set_up: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert f"{URL} does not answer" in kaihu("doctor").output
    with janus(tmp_path / "janus") as there:
        monkeypatch.setenv("JANUS_URL", there.url)
        assert f"answers at {there.url}" in kaihu("doctor").output
        place.janus_secret.write_text("another-secret-of-ours")
        assert f"{there.url} does not take the secret" in kaihu("doctor").output
