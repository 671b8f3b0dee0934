"""In which file of a bundle a record stands: the business's own, or else the shared one."""

from __future__ import annotations

from engine.bundles.files import SHARED
from engine.bundles.model import Bundle
from engine.bundles.records import line_of


def file_of(bundle: Bundle, name: str, text: str) -> str:
    """The file of this name that says the text."""
    own = f"processes/{bundle.business.id}/{name}"
    has = own in bundle.files and line_of(bundle.files[own], text) is not None
    return own if has else f"processes/{SHARED}/{name}"
