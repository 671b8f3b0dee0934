"""`kaihu screenshots`: pictures of every page, on a phone and on a desk."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from playwright.sync_api import Page

MISSING = "kaihu screenshots needs the development dependencies (python3 run.py test installs them): playwright"


@click.command()
@click.option("--out", default="screenshots", show_default=True, type=click.Path(file_okay=False, path_type=Path))
def screenshots(out: Path) -> None:
    """Walk through a fresh demonstration and write a PNG of each page at 375 and 1280 pixels."""
    try:
        from cli.demonstration.screens.browser import browser
        from cli.demonstration.screens.gallery import walk
        from cli.demonstration.screens.product import running
    except ModuleNotFoundError as missing:
        raise click.ClickException(MISSING) from missing
    out.mkdir(parents=True, exist_ok=True)
    photographer = Photographer(out)
    try:
        with tempfile.TemporaryDirectory(prefix="kaihu-") as folder, browser() as opened:
            place = Path(folder)
            with running(place / "data", place / "up.log") as product:
                walk(opened, product.address, photographer.look)
    except RuntimeError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    click.echo(f"{photographer.count} pages, twice each, in {out.resolve()}")


class Photographer:
    """Numbers the pages in the order of the walk."""

    def __init__(self, out: Path) -> None:
        self.out, self.count = out, 0

    def look(self, page: Page, name: str) -> None:
        from cli.demonstration.screens.browser import DESKTOP, PHONE, at_width

        self.count += 1
        for width in (PHONE, DESKTOP):
            at_width(page, width)
            page.screenshot(path=self.out / f"{self.count:02d}_{name}_{width}.png", full_page=True)
