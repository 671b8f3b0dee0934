"""Personal names as on the ID card: Hanzi, rare ones too, and the interpunct U+00B7."""

from __future__ import annotations

import re

from forms.rules.verdict import Problem, Verdict, refused

INTERPUNCT = "\u00b7"
# Only what keyboards offer for the interpunct: NFKC would leave these and change other characters (民委发〔2016〕33号).
_INTERPUNCTS = str.maketrans(dict.fromkeys("\u2022\u2027\u2219\u22c5\u30fb\uff65", INTERPUNCT))
_HANZI = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SHAPE = re.compile(rf"[{_HANZI}]+(?:{INTERPUNCT}[{_HANZI}]+)*")
_SHORTEST, _LONGEST = 2, 50

_LENGTH_PROBLEM = Problem(
    "name.length",
    "姓名应为2至50个字，请按身份证填写",
    "A name has 2 to 50 characters; please write it as on your ID card.",
)
_SHAPE_PROBLEM = Problem(
    "name.shape",
    f"姓名只能包含汉字和间隔号“{INTERPUNCT}”，不含空格，请按身份证填写",
    f"A name holds Chinese characters and the dot {INTERPUNCT} only, no spaces; please write it as on your ID card.",
)


def check(text: str) -> Verdict[str]:
    """Judge a typed name; the value has U+00B7 for every look-alike."""
    name = normalised(text)
    if not _SHORTEST <= len(name) <= _LONGEST:
        return refused(_LENGTH_PROBLEM)
    return Verdict(name) if _SHAPE.fullmatch(name) else refused(_SHAPE_PROBLEM)


def normalised(text: str) -> str:
    """The name for storing and comparing; nothing but interpuncts and outer blanks changes."""
    return text.strip().translate(_INTERPUNCTS)


def same(one: str, other: str) -> bool:
    """Whether two spellings are one name."""
    return normalised(one) == normalised(other)
