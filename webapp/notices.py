"""The notices of a business as its pages show them: in the reader's language, with hotline and name filled in."""

from __future__ import annotations

from engine.bundles import Bundle
from webapp.house import company, say


def notice(bundle: Bundle, name: str) -> dict[str, str]:
    """`title`, `text` and `action` of a notice of notices.json."""
    fill = {"{hotline}": company().hotline, "{business}": say(bundle, bundle.business.name)}
    return {part: _filled(say(bundle, text), fill) for part, text in bundle.notices[name].items()}


def _filled(text: str, fill: dict[str, str]) -> str:
    for name, value in fill.items():
        text = text.replace(name, value)
    return text
