"""A PDF of one page as a picture of that page. Nothing in it runs: no script, no form, no annotation."""

from __future__ import annotations

import pypdfium2
from PIL import Image
from pypdfium2 import raw

LARGEST_PAGE = 14_400  # points: what PDF itself allows for a side


class NotOnePage(ValueError):
    """The document has no page, or more than one."""


def drawn(data: bytes, long_side: int) -> Image.Image:
    """The only page, its long side as long as asked. ValueError or RuntimeError where it cannot be drawn."""
    document = pypdfium2.PdfDocument(data)  # a password is asked for: PdfiumError, which is a RuntimeError
    try:
        if len(document) != 1:
            raise NotOnePage
        if raw.FPDFDoc_GetJavaScriptActionCount(document.raw):
            raise ValueError("it brings scripts")
        return _page(document, long_side)
    finally:
        document.close()


def _page(document: pypdfium2.PdfDocument, long_side: int) -> Image.Image:
    longest = max(document.get_page_size(0))  # known before anything of the page is read
    if not 1 <= longest <= LARGEST_PAGE:
        raise ValueError("no size of a page")
    page = document[0]
    bitmap = page.render(scale=long_side / longest, draw_annots=False, may_draw_forms=False)
    picture: Image.Image = bitmap.to_pil().convert("RGB")
    return picture
