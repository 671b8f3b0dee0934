"""What can be drawn of files that are not whole yet: a fault is best seen on the picture."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bundles.reading import read_parts
from engine.diagrams.drawing import Drawing, draw
from engine.diagrams.model import Diagram


def readable(files: Mapping[str, bytes], business: str) -> Drawing | None:
    """The diagrams that can be read, from the root process on; None when there is nothing to be seen."""
    parts, _ = read_parts(files, business)
    drawing = draw(parts.diagrams, parts.business.process)
    return drawing if drawing.root in drawing.processes else None


def diagram_of(files: Mapping[str, bytes], business: str, file: str) -> Diagram | None:
    """One diagram by its path; None for one that cannot be read."""
    parts, _ = read_parts({file: files[file]}, business)
    return next(iter(parts.diagrams), None)
