"""Blobs in a real folder, with the data keys in a real database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from obstore.exceptions import GenericError
from obstore.store import LocalStore
from sqlalchemy import event

from engine.errors import NoRoom
from engine.tables import CaseKey
from engine.vault import BlobStore, KeyMissing, Tampered, Vault, add_key, open_vault, rekey
from tests.store.conftest import Shop

PICTURE = b"\xff\xd8\xff" + b"pixels of an identity card 11010519491231002X" * 200


def stored(shop: Shop) -> list[Path]:
    return sorted(path for path in (shop.folder / "blobs").rglob("*") if path.is_file())


def put(shop: Shop, owner: str, data: bytes = PICTURE) -> str:
    with shop.write() as tx:
        return shop.vault.blobs.put(tx, owner, data)


def get(shop: Shop, owner: str, name: str) -> bytes:
    with shop.read() as tx:
        return shop.vault.blobs.get(tx, owner, name)


def test_a_blob_is_read_again_by_its_name(shop: Shop) -> None:
    name = put(shop, "case1")
    assert get(shop, "case1", name) == PICTURE
    assert put(shop, "case2", b"") != name
    assert stored(shop)[0].name == name


def test_the_same_picture_is_stored_once_in_a_case_and_apart_in_two(shop: Shop) -> None:
    assert put(shop, "case1") == put(shop, "case1")
    assert put(shop, "case1") != put(shop, "case2")
    assert len(stored(shop)) == 2


def test_neither_file_nor_name_tells_the_content(shop: Shop) -> None:
    name = put(shop, "case1")
    other = Vault(shop.vault.keys, shop.vault.blobs)  # control: the same keys give the same name
    with shop.write() as tx:
        assert other.blobs.put(tx, "case1", PICTURE) == name
    for path in stored(shop):
        assert b"11010519491231002X" not in path.read_bytes() and b"\xff\xd8\xff" not in path.read_bytes()[:3]
    assert (shop.folder / "blobs").stat().st_mode & 0o777 == 0o700


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "harm",
    [flip, lambda path: path.write_bytes(path.read_bytes()[:-1]), lambda path: path.write_bytes(b"")],
    ids=["one bit", "cut", "emptied"],
)
def test_a_changed_file_is_refused(shop: Shop, harm: Callable[[Path], object]) -> None:
    name = put(shop, "case1")
    assert get(shop, "case1", name) == PICTURE  # control
    harm(stored(shop)[0])
    with pytest.raises(Tampered):
        get(shop, "case1", name)


def test_two_files_exchanged_within_a_case_are_refused(shop: Shop) -> None:
    first, second = put(shop, "case1", b"one"), put(shop, "case1", b"two")
    one, two = stored(shop)
    kept = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(kept)
    for name in (first, second):
        with pytest.raises(Tampered):
            get(shop, "case1", name)


def test_a_data_key_moved_to_another_owner_does_not_open(shop: Shop) -> None:
    put(shop, "case1")
    with shop.write() as tx:
        row = tx.get_one(CaseKey, "case1")
        tx.add(CaseKey(owner_id="case2", wrapped=row.wrapped, key_id=row.key_id))
    with pytest.raises(Tampered):
        put(shop, "case2")


def test_a_shredded_case_cannot_be_read_though_its_files_are_there(shop: Shop) -> None:
    name, kept = put(shop, "case1"), put(shop, "case2")
    with shop.write() as tx:
        shop.vault.blobs.shred(tx, "case1")
    assert len(stored(shop)) == 2
    with pytest.raises(KeyMissing):
        get(shop, "case1", name)
    assert get(shop, "case2", kept) == PICTURE


@pytest.mark.parametrize("secure", [True, False], ids=["as it is set", "the control"])
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_shredded_key_lies_nowhere_in_the_file(shop: Shop, secure: bool) -> None:
    if not secure:
        event.listen(shop.db, "begin", lambda connection: connection.exec_driver_sql("PRAGMA secure_delete=OFF"))
    put(shop, "case1")
    put(shop, "case2")
    with shop.read() as tx:
        wrapped = bytes(tx.get_one(CaseKey, "case1").wrapped)
    with shop.write() as tx:
        shop.vault.blobs.shred(tx, "case1")
    with shop.db.connect() as plain:
        plain.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    lies_there = b"".join(path.read_bytes() for path in shop.folder.glob("*.db*"))
    assert (wrapped in lies_there) is not secure


def test_files_are_removed_only_once_the_key_is_gone(shop: Shop) -> None:
    put(shop, "case1")
    put(shop, "case1", b"another")
    kept = put(shop, "case10")
    with shop.write() as tx, pytest.raises(ValueError, match="still has a key"):
        shop.vault.blobs.remove_shredded(tx, "case1")
    with shop.write() as tx:
        shop.vault.blobs.shred(tx, "case1")
    with shop.read() as tx:
        assert shop.vault.blobs.remove_shredded(tx, "case1") == 2
        assert shop.vault.blobs.remove_shredded(tx, "case1") == 0
    assert get(shop, "case10", kept) == PICTURE


def test_a_shred_that_is_rolled_back_loses_nothing(shop: Shop) -> None:
    name = put(shop, "case1")
    with pytest.raises(RuntimeError), shop.write() as tx:
        shop.vault.blobs.shred(tx, "case1")
        raise RuntimeError
    assert get(shop, "case1", name) == PICTURE


def test_what_a_failed_transaction_left_behind_does_not_stand_in_the_way(shop: Shop) -> None:
    with pytest.raises(RuntimeError), shop.write() as tx:
        shop.vault.blobs.put(tx, "case1", PICTURE)
        raise RuntimeError  # the data key is gone with the transaction, the file is not
    assert len(stored(shop)) == 1
    assert get(shop, "case1", put(shop, "case1")) == PICTURE


def test_a_name_that_was_never_put_is_missing(shop: Shop) -> None:
    put(shop, "case1")
    with pytest.raises(KeyMissing):
        get(shop, "case1", "0" * 64)
    with pytest.raises(KeyMissing):
        get(shop, "case2", "0" * 64)


@pytest.mark.parametrize(
    ("owner", "name"),
    [("../case1", "0" * 64), ("", "0" * 64), ("a/b", "0" * 64), ("case1", "../../keys.json"), ("case1", "")],
)
def test_a_name_that_leads_elsewhere_is_refused(shop: Shop, owner: str, name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a blob"):
        get(shop, owner, name)


def test_after_a_new_key_old_blobs_open_and_new_ones_are_sealed_anew(shop: Shop) -> None:
    name = put(shop, "case1")
    add_key(shop.folder / "keys.json")
    shop.vault = open_vault(shop.folder / "keys.json", shop.folder / "blobs")
    assert get(shop, "case1", name) == PICTURE
    with shop.write() as tx:
        assert rekey(tx, shop.vault).data_keys == 1
    with shop.read() as tx:
        assert tx.get_one(CaseKey, "case1").key_id == "k2"
    assert get(shop, "case1", name) == PICTURE


class Failing:
    """An object store whose disk answers as told."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, answer: Exception) -> None:
        def put(*_: object, **__: object) -> None:
            raise answer

        monkeypatch.setattr("engine.vault.blobs.obstore.put", put)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (GenericError("Unable to copy data to file: No space left on device (os error 28)"), NoRoom),
        (GenericError("Unable to copy data to file: Disk quota exceeded (os error 122)"), NoRoom),
        (GenericError("Unable to copy data to file: Input/output error (os error 5)"), GenericError),
        (GenericError("Unable to open file: Is a directory (os error 21), 28 bytes"), GenericError),
    ],
)
def test_a_full_disk_is_told_apart_from_other_trouble(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, answer: Exception, told: type[Exception]
) -> None:
    Failing(monkeypatch, answer)
    with pytest.raises(told):
        put(shop, "case1")
    with shop.read() as tx:
        assert tx.get(CaseKey, "case1") is None


def test_a_disk_that_is_full_when_flushed_is_no_room_either(shop: Shop) -> None:
    def flush(path: str) -> None:
        raise OSError(28, "No space left on device")

    blobs = BlobStore(shop.vault.keys, LocalStore(shop.folder / "blobs"), flush)
    with pytest.raises(NoRoom), shop.write() as tx:
        blobs.put(tx, "case1", PICTURE)
