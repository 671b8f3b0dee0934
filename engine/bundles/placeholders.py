"""The placeholders of a notice, `{hotline}` and the like: filled in when it is shown or sent."""

from __future__ import annotations

import re
from collections.abc import Mapping

ON_PAGES = frozenset({"company", "hotline", "business"})
IN_SMS = ON_PAGES | {"number"}
OF_BOOKINGS = IN_SMS | {"day", "half", "hours"}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(text: str) -> list[str]:
    """The names in a text, in their order."""
    return _PLACEHOLDER.findall(text)


def filled(text: str, words: Mapping[str, str]) -> str:
    """The text with every placeholder filled in; KeyError on a name that `words` lacks."""
    return _PLACEHOLDER.sub(lambda found: words[found[1]], text)
