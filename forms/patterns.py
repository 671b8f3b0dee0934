r"""Patterns of form fields, matched by RE2: in time that grows with what was typed, whatever the pattern is.

Python's own `re` tries every way in which `^(a+)+$` may fit, which takes years for forty letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import re2

from engine.feel.said import Said

_CHARACTER = re.compile(r"(?<!\\)((?:\\\\)*)\\u([0-9A-Fa-f]{4})")
_BACKTRACKS = re.compile(r"\(\?<?[=!]|\(\?P$|\\[1-9k]")
_LARGEST = 1024 * 1024
_SAID = {
    "missing ]": Said("缺少 ]", "missing ]"),
    "missing )": Said("缺少 )", "missing )"),
    "unexpected )": Said("多了 )", "unexpected )"),
    "invalid character class range": Said("字符范围不对：{part}", "invalid character class range: {part}"),
    "invalid perl operator": Said("不认识 {part}", "unknown operator {part}"),
    "invalid escape sequence": Said("不认识 {part}", "invalid escape sequence: {part}"),
    "bad repetition operator": Said("重复写法不对：{part}", "bad repetition operator: {part}"),
    "no argument for repetition operator": Said("{part} 前面没有内容", "no argument for repetition operator: {part}"),
    "invalid repetition size": Said("重复次数太多：{part}", "invalid repetition size: {part}"),
    "pattern too large - compile failed": Said("格式太大", "the pattern is too large"),
    "trailing \\": Said("末尾多了 \\", "trailing \\"),
}


class BadPattern(Exception):
    """RE2 cannot match it; `why` says it, `backtracks` that only a matcher without bounds could."""

    def __init__(self, why: Said, backtracks: bool) -> None:
        super().__init__(why.en)
        self.why, self.backtracks = why, backtracks


@lru_cache(maxsize=256)
def whole(pattern: str) -> Any:
    r"""What matches a whole text; raises BadPattern. `\u4e00`, which JavaScript knows, is RE2's `\x{4e00}`."""
    try:
        return re2.compile(_CHARACTER.sub(r"\1\\x{\2}", pattern), _options())
    except (re2.error, UnicodeEncodeError) as wrong:
        raise _bad(wrong) from None


def _options() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _LARGEST
    return options


def _bad(wrong: Exception) -> BadPattern:
    text = wrong.args[0]
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)
    kind, _, part = said.partition(": ")
    why = _SAID.get(kind, Said("{said}", "{said}")).filled(part=part[:40], said=said[:80])
    return BadPattern(why, bool(_BACKTRACKS.match(part)))
