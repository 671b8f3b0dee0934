"""Writes a picture of every page, on a phone and on a desk, while the gallery is walked."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from cli.demonstration.screens.browser import DESKTOP, PHONE, at_width


class Photographer:
    """Numbers the pages in the order of the walk."""

    def __init__(self, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        self.out, self.count = out, 0

    def look(self, page: Page, name: str) -> None:
        self.count += 1
        for width in (PHONE, DESKTOP):
            at_width(page, width)
            page.screenshot(path=self.out / f"{self.count:02d}_{name}_{width}.png", full_page=True)

    def done(self) -> str:
        """What was written, in words."""
        return f"{self.count} pages, twice each, in {self.out.resolve()}"
