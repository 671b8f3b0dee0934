"""网点: the bank's outlet where the account is held, typed as free text."""

from __future__ import annotations

import re

from forms.rules.verdict import Problem, Verdict, refused, warning

_KINDS = ("分行", "支行", "分理处", "营业部", "营业室", "营业厅", "储蓄所", "营业所", "信用社")
_PLACES = ("省", "市", "区", "县", "州", "盟", "旗")
_SHORTEST, _LONGEST = 4, 60
_ALLOWED = re.compile(r"[\u3007\u3400-\u9fffA-Za-z0-9()（）\-·]+")
_EXAMPLE = "例如 广东省深圳市南山支行"

_LENGTH_PROBLEM = Problem(
    "outlet.length",
    f"网点名称应为4至60个字，{_EXAMPLE}",
    "The outlet has 4 to 60 characters, e.g. 广东省深圳市南山支行.",
)
_SHAPE_PROBLEM = Problem(
    "outlet.shape",
    f"网点名称只能包含汉字、字母、数字和括号，{_EXAMPLE}",
    "The outlet holds Chinese characters, letters, digits and brackets only, e.g. 广东省深圳市南山支行.",
)
_KIND_PROBLEM = Problem(
    "outlet.kind",
    f"请填写到具体网点（分行、支行、分理处或营业部），{_EXAMPLE}",
    "Please name the very outlet (branch, sub-branch or office), e.g. 广东省深圳市南山支行.",
)
_PLACE_WARNING = warning(
    "outlet.place",
    "网点名称中没有省市名称，请复核时核对",
    "The outlet names neither province nor city; please verify.",
)


def check(text: str) -> Verdict[str]:
    """Judge a typed outlet; the value has no blanks in it."""
    outlet = re.sub(r"\s", "", text)
    if not _SHORTEST <= len(outlet) <= _LONGEST:
        return refused(_LENGTH_PROBLEM)
    if not _ALLOWED.fullmatch(outlet):
        return refused(_SHAPE_PROBLEM)
    if not any(kind in outlet for kind in _KINDS):
        return refused(_KIND_PROBLEM)
    placed = any(place in outlet for place in _PLACES)
    return Verdict(outlet, () if placed else (_PLACE_WARNING,))
