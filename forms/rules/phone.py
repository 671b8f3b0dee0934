"""Mainland mobile numbers, stored as E.164."""

from __future__ import annotations

import re

from forms.rules.verdict import Problem, Verdict, refused

_MOBILE = re.compile(r"(?:\+86|0086|86)?(1[3-9][0-9]{9})")
_GAPS = re.compile(r"[ \-]")
_PROBLEM = Problem(
    "phone.shape",
    "请填写11位中国大陆手机号码，例如 13800138000",
    "Please enter a mainland mobile number of 11 digits, e.g. 13800138000.",
)


def check(text: str) -> Verdict[str]:
    """Judge a typed number; +86, 0086, blanks and hyphens are tolerated, the value is +8613800138000."""
    match = _MOBILE.fullmatch(_GAPS.sub("", text.strip()))
    return Verdict(f"+86{match[1]}") if match else refused(_PROBLEM)
