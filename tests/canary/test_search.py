"""The controls of the canary: a value that lies somewhere in clear, in any encoding, is found."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.canary.search import files, found, unpacked

NAME, NUMBER = "欧阳金丝雀", "13987650123"
FORMS: list[tuple[str, Callable[[str], bytes]]] = [
    ("utf-8", str.encode),
    ("utf-16-le", lambda value: value.encode("utf-16-le")),
    ("utf-16-be", lambda value: value.encode("utf-16-be")),
    ("gbk", lambda value: value.encode("gbk")),
    ("hex", lambda value: value.encode().hex().encode()),
    ("hex in capitals", lambda value: value.encode().hex().upper().encode()),
    ("hex of gbk", lambda value: value.encode("gbk").hex().encode()),
    ("url", lambda value: quote(value).encode()),
    ("json", lambda value: json.dumps({"k": f"a{value}b"}).encode()),
    ("json as it is", lambda value: json.dumps(value, ensure_ascii=False).encode()),
    ("base64 at 0", lambda value: base64.b64encode(b"abc" + value.encode() + b"xyz")),
    ("base64 at 1", lambda value: base64.b64encode(b"abcd" + value.encode() + b"xy")),
    ("base64 at 2", lambda value: base64.b64encode(b"abcde" + value.encode() + b"x")),
    ("base64 for urls", lambda value: base64.urlsafe_b64encode(b"\xff" + value.encode() + b"\xff\xfe")),
    ("base64 of utf-16", lambda value: base64.b64encode(b"ab" + value.encode("utf-16-le") + b"c")),
    ("a bare hash", lambda value: hashlib.sha256(value.encode()).hexdigest().encode()),
    ("a repr", lambda value: repr({"name": value}).encode()),
]


@pytest.mark.parametrize("value", [NAME, NUMBER])
@pytest.mark.parametrize("form", [row[1] for row in FORMS], ids=[row[0] for row in FORMS])
def test_a_value_in_this_form_is_found(tmp_path: Path, form: Callable[[str], bytes], value: str) -> None:
    (tmp_path / "leak").write_bytes(b"before" + form(value) + b"after")
    assert found({"value": value}, files(tmp_path)) == {("value", "leak")}


def test_a_number_as_a_database_keeps_it_is_found(tmp_path: Path) -> None:
    (tmp_path / "leak").write_bytes(b"\x00" + int(NUMBER).to_bytes(6, "big") + b"\x00")
    assert found({"value": NUMBER}, files(tmp_path))


def test_a_value_in_the_name_of_a_file_is_found(tmp_path: Path) -> None:
    (tmp_path / f"photo-{NUMBER}.jpg").write_bytes(b"")
    assert found({"value": NUMBER}, files(tmp_path)) == {("value", "names")}


def test_what_is_packed_is_unpacked() -> None:
    import zlib

    assert NAME.encode() in b"".join(unpacked(zlib.compress(NAME.encode())))


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "clean").write_bytes("金丝 1398765 0123 别的".encode() * 1000)
    assert found({"name": NAME, "number": NUMBER}, files(tmp_path)) == set()
