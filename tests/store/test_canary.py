"""A canary person goes through the rooms that keep personal data; none of his values lies where it may be stolen."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Engine

from engine import pki
from engine.accounts import Change, LocalAccountSystem, NewCard, file_photo
from engine.pki import Party
from engine.tables import Branch
from tests.store.conftest import Shop
from tests.store.people import NUMBER, add_case, add_customer

CARD = NewCard("CCB", "样例市金丝雀路支行", "6217000000000000012")
NAME = "金丝雀𠮷"
VALUES = [NUMBER, NAME, "13800138000", "8800123456", "北京市朝阳区样本路1号", CARD.number, CARD.outlet]
PICTURE = b"\x89PNG canary pixels canary pixels"


def encodings(value: str) -> Iterator[bytes]:
    """The ways in which a value may lie in a file, whatever stands before it."""
    raw = value.encode()
    yield from (raw, value.encode("utf-16-le"), value.encode("gb18030"), raw.hex().encode(), raw.hex().upper().encode())
    yield json.dumps(value).strip('"').encode()
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + raw)
        yield whole[(shift * 4 + 2) // 3 : -4]  # without the ends, which depend on the neighbours
    yield "".join(f"%{byte:02X}" for byte in raw).encode()


def found(folder: Path) -> set[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    names = "\n".join(str(path.relative_to(folder)) for path in files).encode()
    haystack = names + b"".join(path.read_bytes() for path in files)
    needles = {each: value for value in VALUES for each in encodings(value) if len(each) > 3}
    hits = {value for needle, value in needles.items() if needle in haystack}
    return hits | ({"picture"} if PICTURE in haystack else set())


def walk(shop: Shop) -> str:
    customer = add_customer(shop, NUMBER, NAME)[0]
    case = add_case(shop, customer)
    LocalAccountSystem(shop).apply(case, customer, Change(added=(CARD,)))
    ca = pki.make_demonstration_ca(shop.folder / "ca", shop.clock.now())
    key = ec.generate_private_key(ec.SECP256R1()).public_key()
    spki = base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    with shop.write() as tx:
        file_photo(tx, shop.vault, shop.clock.now(), customer, "id_portrait", PICTURE)
        party = Party(customer, case, NAME, NUMBER)
        pki.issue_certificate(tx, shop.vault, ca, shop.clock.now(), party, spki)
    return customer


@pytest.fixture
def url(sqlite_url: str) -> str:
    """The files of a database are looked at only where they are ours."""
    return sqlite_url


def test_no_value_lies_in_database_write_ahead_log_or_blob(shop: Shop, db: Engine) -> None:
    customer = walk(shop)
    assert LocalAccountSystem(shop).person(customer).name == NAME
    assert (shop.folder / "kaihu.db-wal").stat().st_size > 0
    assert found(shop.folder) == set()
    db.dispose()  # checkpoints the log into the file
    assert found(shop.folder) == set()


@pytest.mark.parametrize("value", VALUES)
def test_a_value_that_lay_in_clear_would_be_found(shop: Shop, value: str) -> None:
    walk(shop)
    with shop.write() as tx:
        tx.add(Branch(id="leak", name=value, name_en="x"))
    assert found(shop.folder) == {value}


@pytest.mark.parametrize("form", range(9))
def test_a_value_in_any_encoding_would_be_found(tmp_path: Path, form: int) -> None:
    value = VALUES[1]
    raw = value.encode()
    forms = [
        raw,
        value.encode("utf-16-le"),
        value.encode("gb18030"),
        raw.hex().encode(),
        json.dumps(value).encode(),
        base64.b64encode(b"a" + raw + b"b"),
        base64.b64encode(b"ab" + raw + b"b"),
        base64.b64encode(b"abc" + raw + b"bcd"),
        "".join(f"%{byte:02X}" for byte in raw).encode(),
    ]
    (tmp_path / "leak").write_bytes(b"before" + forms[form] + b"after")
    assert found(tmp_path) == {value}


def test_a_blob_stored_in_clear_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "blob").write_bytes(PICTURE)
    assert found(tmp_path) == {"picture"}
