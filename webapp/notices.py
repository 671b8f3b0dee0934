"""The notices of a business as its pages show them."""

from __future__ import annotations

from collections import defaultdict

from engine.bundles import Bundle
from engine.bundles.placeholders import filled
from webapp.house import company, say
from webapp.language import language


def notice(bundle: Bundle, name: str, number: str = "") -> dict[str, str]:
    """`title`, `text` and `action` in the reader's language, with the placeholders filled in.

    `number` is the 受理单号 where there is one.
    """
    firm = company()
    words = {
        "company": firm.name_en if language() == "en" else firm.name,
        "hotline": firm.hotline,
        "business": say(bundle, bundle.business.name),
        "number": number,
    }
    return {part: filled(say(bundle, text), defaultdict(str, words)) for part, text in bundle.notices[name].items()}
