"""The key file and the ring of keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.vault import KeyMissing, Keys, add_key, load_keys, make_keys


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def test_keys_that_were_made_are_loaded_again_and_only_their_owner_can_read_them(path: Path) -> None:
    made = make_keys(path)
    assert load_keys(path) == made
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_key_file_is_never_replaced_by_a_new_one(path: Path) -> None:
    make_keys(path)
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        make_keys(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610, 0o602, 0o666])
def test_a_key_file_that_others_can_touch_is_refused(path: Path, mode: int) -> None:
    make_keys(path)
    load_keys(path)  # control: with 0600 it opens
    path.chmod(mode)
    with pytest.raises(KeyMissing, match="open to others"):
        load_keys(path)


def test_a_missing_key_file_and_a_link_to_one_are_refused(path: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyMissing):
        load_keys(path)
    make_keys(tmp_path / "elsewhere.json")
    path.symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(KeyMissing):
        load_keys(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"current": "k1", "audit": "k1"}',
        '{"current": "k1", "audit": "k1", "keys": {"k1": "not base64"}}',
        '{"current": "k1", "audit": "k1", "keys": {"k1": "c2hvcnQ="}}',
        '{"current": "k1", "audit": "k1", "keys": []}',
        json.dumps({"current": "k2", "audit": "k1", "keys": {"k1": "A" * 43 + "="}}),
        json.dumps({"current": "k1", "audit": "k0", "keys": {"k1": "A" * 43 + "="}}),
    ],
)
def test_a_file_that_holds_no_whole_ring_is_refused_and_not_quoted(path: Path, text: str) -> None:
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(KeyMissing) as refused:
        load_keys(path)
    assert "AAAA" not in str(refused.value) and "c2hv" not in str(refused.value)


def test_an_added_key_becomes_current_and_the_audit_key_stays(path: Path) -> None:
    first = make_keys(path)
    second = add_key(path)
    assert (second.current, second.audit) == ("k2", "k1")
    assert second.masters["k1"] == first.masters["k1"]
    assert load_keys(path) == second
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["keys.json"]


def test_each_purpose_and_each_master_has_its_own_key() -> None:
    keys = Keys("k1", "k1", {"k1": bytes(32), "k2": bytes(31) + b"\x01"})
    derived = [
        keys.key(purpose, key_id) for purpose in ("seal", "wrap", "index", "name", "audit") for key_id in keys.ids()
    ]
    assert len(set(derived)) == 10
    assert keys.masters["k1"] not in derived


def test_keys_do_not_show_themselves() -> None:
    assert "\\x07" not in repr(Keys("k1", "k1", {"k1": b"\x07" * 32}))
