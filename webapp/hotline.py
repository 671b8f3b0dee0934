"""The company's telephone number inside a sentence."""

from __future__ import annotations

from markupsafe import Markup


def unbroken(hotline: str) -> Markup:
    """On one line: who reads half a number at a line's end dials half a number. Nothing where there is no hotline."""
    return Markup('<span class="number no-wrap">{}</span>').format(hotline) if hotline else Markup()
