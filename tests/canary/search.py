"""Looks for a value in bytes, in every encoding in which it may lie there."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

SHORTEST = 6
"""Bytes that are shorter than this are found anywhere by chance."""


def encodings(value: str) -> set[bytes]:
    """The ways in which a value may lie in a file, whatever stands before and after it."""
    texts = {value, html.escape(value), quote(value), quote_plus(value), json.dumps(value)[1:-1]}
    texts |= {json.dumps(value)[1:-1].upper().replace("\\U", "\\u"), quote(value).lower(), repr(value)[1:-1]}
    found = {text.encode() for text in texts}
    for charset in ("utf-8", "utf-16-le", "utf-16-be", "gbk"):
        found |= set(_of_bytes(value.encode(charset)))
    return {each for each in found | set(_of_number(value)) if len(each) >= SHORTEST}


def _of_bytes(raw: bytes) -> Iterator[bytes]:
    """The bytes themselves, in hex, in base64 at each of its three places, and their hashes without a key."""
    yield from (raw, raw.hex().encode(), raw.hex().upper().encode())
    for shift in range(3):
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(shift) + raw)[(shift * 4 + 2) // 3 : -4]  # without the ends, which the neighbours change
    for made in (hashlib.md5, hashlib.sha1, hashlib.sha256):
        yield from (made(raw).digest(), made(raw).hexdigest().encode())


def _of_number(value: str) -> Iterator[bytes]:
    """A database keeps whole numbers as six or eight bytes."""
    if re.fullmatch(r"[1-9]\d{9,17}", value):
        for size in (6, 8):
            if int(value) < 1 << (8 * size - 1):
                yield int(value).to_bytes(size, "big")


def found(values: Mapping[str, str], haystacks: Iterable[tuple[str, bytes]]) -> set[tuple[str, str]]:
    """(what, where) of every value that lies in one of the haystacks."""
    needles = [(name, needle) for name, value in values.items() for needle in encodings(value)]
    return {(name, where) for where, data in haystacks for name, needle in needles if needle in data}


def files(folder: Path, *but: str) -> Iterator[tuple[str, bytes]]:
    """Every file below a folder by name and content, and the names themselves."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in but]
    yield "names", "\n".join(str(path.relative_to(folder)) for path in paths).encode()
    for path in paths:
        yield str(path.relative_to(folder)), path.read_bytes()


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes, and what they hold when they are packed with zlib."""
    yield data
    try:
        yield zlib.decompress(data)
    except zlib.error:
        return
