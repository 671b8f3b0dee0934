"""`kaihu photo`: the card finder alone, for measuring it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click


@click.group()
def photo() -> None:
    """Photographs of cards and papers."""


@photo.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--server", is_flag=True, help="Read image paths from standard input, one a line.")
@click.option("--kind", type=click.Choice(["id1", "sheet"]), default="id1", show_default=True)
def locate(paths: tuple[Path, ...], server: bool, kind: str) -> None:
    """Print one JSON object a line: corners in pixels of the upright file (or null), action, confidence."""
    for path in (Path(line.rstrip("\n")) for line in sys.stdin) if server else paths:
        click.echo(json.dumps(_answer(path, kind)))


def _answer(path: Path, kind: str) -> dict[str, object]:
    from workers.photos.pipeline import process

    try:
        record = process(path.read_bytes(), "", kind).record
    except OSError as missing:
        return {"corners": None, "action": "refuse", "confidence": 0.0, "error": str(missing)}
    return {
        "corners": _in_file_pixels(record),
        "order": "any",
        "confidence": record["confidence"],
        "action": record["action"],
        "codes": [one["code"] for one in record["verdicts"]],  # type: ignore[attr-defined]
    }


def _in_file_pixels(record: dict[str, object]) -> list[list[float]] | None:
    """The record's corners belong to a picture of at most 2400 px; the asker knows the file's own pixels."""
    corners, size, full = record["corners"], record["size"], record["full_size"]
    if corners is None:
        return None
    scale = full[0] / size[0]  # type: ignore[index]
    return [[round(x * scale, 2), round(y * scale, 2)] for x, y in corners]  # type: ignore[attr-defined]


if __name__ == "__main__":
    photo()
