"""Sealed fields, blind indexes and the audit mac, without a database."""

from __future__ import annotations

import pytest
from obstore.store import MemoryStore

from engine.vault import BlobStore, KeyMissing, Keys, Tampered, Vault

OLD, NEW = b"\x01" * 32, b"\x02" * 32
FIELD = "customers.id_number"
NUMBER = "11010519491231002X"


def vault(keys: Keys) -> Vault:
    return Vault(keys, BlobStore(keys, MemoryStore()))


@pytest.fixture
def one() -> Vault:
    return vault(Keys("k1", "k1", {"k1": OLD}))


@pytest.fixture
def two() -> Vault:
    return vault(Keys("k2", "k1", {"k1": OLD, "k2": NEW}))


def test_what_was_sealed_opens_again(one: Vault) -> None:
    for text in (NUMBER, "", "欧阳·娜𠮷", "x" * 100_000):
        assert one.open(FIELD, one.seal(FIELD, text)) == text
    assert one.open_json(FIELD, one.seal_json(FIELD, {"卡": ["1", None, 2]})) == {"卡": ["1", None, 2]}


def test_the_same_text_is_never_sealed_alike(one: Vault) -> None:
    assert len({one.seal(FIELD, NUMBER) for _ in range(50)}) == 50


def test_every_changed_byte_is_found(one: Vault) -> None:
    sealed = one.seal(FIELD, NUMBER)
    assert one.open(FIELD, sealed) == NUMBER  # control
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((Tampered, KeyMissing)):
            one.open(FIELD, bytes(changed))


def test_every_cut_is_found(one: Vault) -> None:
    sealed = one.seal(FIELD, NUMBER)
    for length in range(len(sealed)):
        with pytest.raises((Tampered, KeyMissing)):
            one.open(FIELD, sealed[:length])


def test_a_value_moved_to_another_column_does_not_open(one: Vault) -> None:
    with pytest.raises(Tampered):
        one.open("customers.name", one.seal(FIELD, NUMBER))


def test_a_new_key_seals_and_the_old_one_still_opens(one: Vault, two: Vault) -> None:
    assert two.open(FIELD, one.seal(FIELD, NUMBER)) == NUMBER
    with pytest.raises(KeyMissing):
        one.open(FIELD, two.seal(FIELD, NUMBER))


def test_a_value_relabelled_with_another_key_id_does_not_open(two: Vault) -> None:
    sealed = two.seal(FIELD, NUMBER)
    assert sealed[2:4] == b"k2"
    with pytest.raises(Tampered):
        two.open(FIELD, sealed[:2] + b"k1" + sealed[4:])


def test_the_blind_index_finds_equal_numbers_and_no_others(one: Vault) -> None:
    assert one.index(FIELD, NUMBER) == one.index(FIELD, " 110105 19491231 002x ")
    assert one.index(FIELD, NUMBER) != one.index(FIELD, "110105194912310021")
    assert one.index(FIELD, NUMBER) != one.index("filed_cards.number", NUMBER)
    assert NUMBER not in one.index(FIELD, NUMBER) and len(one.index(FIELD, NUMBER)) == 64


def test_after_a_new_key_the_old_index_is_still_among_those_looked_for(one: Vault, two: Vault) -> None:
    assert one.index(FIELD, NUMBER) in two.indexes(FIELD, NUMBER)
    assert two.index(FIELD, NUMBER) == two.indexes(FIELD, NUMBER)[0] != one.index(FIELD, NUMBER)


def test_the_audit_mac_outlives_a_new_key(one: Vault, two: Vault) -> None:
    assert one.mac(b"row") == two.mac(b"row") != one.mac(b"wor")
    assert vault(Keys("k2", "k2", {"k2": NEW})).mac(b"row") != one.mac(b"row")  # control
