"""`kaihu screenshots`: pictures of every page, on a phone and on a desk; or the figures of the documents."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

MISSING = "kaihu screenshots needs the development dependencies (python3 run.py test installs them): playwright"
DOCS = Path(__file__).resolve().parents[1] / "docs"


@click.command()
@click.option("--out", default="screenshots", show_default=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--manual", is_flag=True, help="Write the figures of the manual and of the README into docs/ instead.")
def screenshots(out: Path, manual: bool) -> None:
    """Walk through a fresh demonstration and write a PNG of each page at 375 and 1280 pixels."""
    try:
        from cli.demonstration.screens.browser import browser
        from cli.demonstration.screens.gallery import walk
        from cli.demonstration.screens.illustrator import Illustrator
        from cli.demonstration.screens.photographer import Photographer
        from cli.demonstration.screens.product import running
    except ModuleNotFoundError as missing:
        raise click.ClickException(MISSING) from missing
    looker = Illustrator(DOCS) if manual else Photographer(out)
    try:
        with tempfile.TemporaryDirectory(prefix="kaihu-") as folder, browser() as opened:
            place = Path(folder)
            with running(place / "data", place / "up.log") as product:
                walk(opened, product, looker.look)
        click.echo(looker.done())
    except RuntimeError as wrong:
        raise click.ClickException(str(wrong)) from wrong
