"""JSON text that is read so that it can be written again with nothing lost, in the one form in which forms are kept."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from engine.feel.said import Said


class NotExact(Exception):
    """Reading and writing the text would lose something of it; `why` says what."""

    def __init__(self, why: Said) -> None:
        super().__init__(why.en)
        self.why = why


TWICE = Said("“{name}”写了两次", '"{name}" stands there twice')
NUMBER = Said("数字 {number} 不能原样保存", "the number {number} cannot be kept as it is")
LETTER = Said("有不成对的字符，不能原样保存", "half a character cannot be kept as it is")
NO_JSON = Said("不是 JSON", "not JSON")
DEEP = Said("嵌套超过 {most} 层", "nested more than {most} levels deep")
MOST_LEVELS = 40
"""Far more than a form has, and far from where copying and writing would end in a RecursionError."""


def read(raw: bytes) -> Any:
    """The value of the text; NotExact."""
    try:
        value = json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_once, parse_float=_number, parse_constant=_no_number
        )
    except (ValueError, RecursionError):
        raise NotExact(NO_JSON) from None
    _refuse_depth(value, MOST_LEVELS)
    _text(value)
    return value


def write(value: Any, before: bytes | None = None) -> bytes:
    """The text of the value. `before` stays as it is, whatever its form, where it says the same."""
    text = _text(value)
    if before is not None and _says(before, text):
        return before
    return text


def _says(before: bytes, text: bytes) -> bool:
    try:
        return _text(read(before)) == text
    except NotExact:
        return False


def _text(value: Any) -> bytes:
    try:
        return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
    except UnicodeEncodeError:
        raise NotExact(LETTER) from None


def _refuse_depth(value: Any, levels: int) -> None:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if parts and not levels:
        raise NotExact(DEEP.filled(most=str(MOST_LEVELS)))
    for part in parts:
        _refuse_depth(part, levels - 1)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise NotExact(TWICE.filled(name=name[:40]))
        found[name] = value
    return found


def _number(text: str) -> float:
    value = float(text)
    if value in (float("inf"), float("-inf")) or Decimal(repr(value)) != Decimal(text):
        raise NotExact(NUMBER.filled(number=text[:40]))
    return value


def _no_number(text: str) -> float:
    raise NotExact(NUMBER.filled(number=text))
