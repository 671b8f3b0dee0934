"""The notices of a business as its pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from markupsafe import Markup, escape

from engine.bundles import Bundle
from engine.bundles.placeholders import filled
from webapp.hotline import unbroken
from webapp.house import company, say
from webapp.language import language


def notice(bundle: Bundle, name: str, number: str = "") -> dict[str, Markup]:
    """`title`, `text` and `action` in the reader's language, with the placeholders filled in.

    `number` is the 受理单号 where there is one.
    """
    firm = company()
    words = {
        "company": escape(firm.name_en if language() == "en" else firm.name),
        "hotline": unbroken(firm.hotline),
        "business": escape(say(bundle, bundle.business.name)),
        "number": escape(number),
    }
    return {part: _shown(say(bundle, text), words) for part, text in bundle.notices[name].items()}


def _shown(text: str, words: Mapping[str, Markup]) -> Markup:
    """Every piece is escaped before it is put together."""
    return Markup(filled(escape(text), defaultdict(str, words)))  # noqa: S704
