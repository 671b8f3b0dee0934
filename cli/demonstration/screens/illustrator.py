"""Writes the figures of the documents while the gallery is walked."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image, PngImagePlugin
from playwright.sync_api import FloatRect, Page

from cli.demonstration.screens.browser import DESKTOP, at_width
from cli.demonstration.screens.figures import FIGURES, FOLDERS, Figure

COLOURS, PASSES = 256, 2
"""As many as a palette holds, found in so many rounds: fewer turn the green of a verdict into grey."""
SHOWS = "Kaihu page"
"""The text inside each picture that names the gallery's page: a picture from elsewhere has none."""


class Illustrator:
    """Looks at each page and keeps what the figures show of it, in few colours."""

    def __init__(self, docs: Path) -> None:
        self.docs, self.written = docs, set[str]()

    def look(self, page: Page, name: str) -> None:
        mine = [one for one in FIGURES if one.page == name]
        for figure in mine:
            at_width(page, figure.width)
            self._write(figure, page.screenshot(full_page=True, clip=box(page, figure)))
        if mine:
            at_width(page, DESKTOP)

    def done(self) -> str:
        """What was written, in words; a figure that nobody came past is an error, a picture that is none goes."""
        if missing := [one.file for one in FIGURES if one.file not in self.written]:
            raise RuntimeError(f"the gallery has no page for {', '.join(missing)}")
        for path in (path for folder in FOLDERS for path in (self.docs / folder).iterdir()):
            if path.relative_to(self.docs).as_posix() not in self.written:
                path.unlink()
        return f"{len(self.written)} figures in {self.docs.resolve()}"

    def _write(self, figure: Figure, picture: bytes) -> None:
        path = self.docs / figure.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(in_few_colours(picture, figure.page))
        self.written.add(figure.file)


def box(page: Page, figure: Figure) -> FloatRect:
    """Around all its parts, with its margin as far as the page goes."""
    found = page.evaluate(BOX, [figure.parts, figure.margin])
    if not found:
        raise RuntimeError(f"{figure.file}: nothing on {figure.page} is {figure.parts}")
    return {"x": found[0], "y": found[1], "width": found[2], "height": min(found[3], figure.tallest)}


def in_few_colours(picture: bytes, page: str) -> bytes:
    with Image.open(BytesIO(picture)) as full:
        few = full.convert("RGB").quantize(COLOURS, kmeans=PASSES, dither=Image.Dither.NONE)
    shows, small = PngImagePlugin.PngInfo(), BytesIO()
    shows.add_text(SHOWS, page)
    few.save(small, "PNG", optimize=True, pnginfo=shows)
    return small.getvalue()


BOX = """([parts, margin]) => {
  const boxes = [...document.querySelectorAll(parts)].map((one) => one.getBoundingClientRect())
    .filter((one) => one.width && one.height);
  if (!boxes.length) return null;
  const left = Math.max(0, Math.min(...boxes.map((one) => one.left)) - margin);
  const top = Math.max(0, Math.min(...boxes.map((one) => one.top)) - margin);
  const right = Math.min(document.documentElement.scrollWidth, Math.max(...boxes.map((one) => one.right)) + margin);
  const bottom = Math.max(...boxes.map((one) => one.bottom)) + margin;
  return [left, top + scrollY, right - left, bottom - top];
}"""
