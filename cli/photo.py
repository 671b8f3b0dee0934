"""`kaihu photo`: the pipeline on files, for measuring it and for asking why a photograph was judged as it was."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from cli.photo_words import lines_of

SLOTS = ("id_portrait", "id_emblem", "signature", "bank_card")
REFUSED = 1


@click.group()
def photo() -> None:
    """Photographs of cards and papers."""


@photo.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--server", is_flag=True, help="Read image paths from standard input, one a line.")
@click.option("--kind", type=click.Choice(["id1", "sheet"]), default="id1", show_default=True)
def locate(paths: tuple[Path, ...], server: bool, kind: str) -> None:
    """Print one JSON object a line: corners in pixels of the upright file (or null), action, confidence.

    A path that leads nowhere and a file that is no picture have a line too, with the action `refuse`.
    """
    for path in _asked_for() if server else paths:
        click.echo(json.dumps(_answer(path, kind)))


@photo.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--slot", type=click.Choice(SLOTS), required=True, help="what the photograph should show")
@click.option("--json", "as_json", is_flag=True, help="everything as one JSON object, for programs")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def inspect(path: Path, slot: str, as_json: bool, lang: str) -> None:
    """Say what the pipeline sees in FILE: outline, way up, action, verdicts, and the fields that it reads.

    Corners go round from the top left of the content, in pixels of the upright original. Bank and kind of a card are
    told by the table that Kaihu comes with. Nothing is kept.

    Exit code 0: the photograph can be used (crop or review); 1: another one would be asked for (refuse), also when the
    file is no picture; 2: there is no such file, or the command was not understood.
    """
    from cli.photo_seen import inspected

    try:
        seen = inspected(_content(path), slot)
    except OSError as missing:
        raise click.UsageError(f"{path}: {missing.strerror}") from missing
    click.echo(json.dumps(seen, ensure_ascii=False) if as_json else "\n".join(lines_of(path.name, seen, lang)))
    if seen["action"] == "refuse":
        sys.exit(REFUSED)


def _asked_for() -> Iterator[Path]:
    """The lines as the system names files: a name that is no UTF-8 is a name all the same."""
    for line in sys.stdin.buffer:
        yield Path(os.fsdecode(line.rstrip(b"\r\n")))


def _content(path: Path) -> bytes:
    """The bytes of a file, or what tells that there are too many; OSError where there is none."""
    from workers.photos.intake import MAX_BYTES

    if not path.is_file():  # a folder, a pipe or a device is no upload
        raise FileNotFoundError(2, "no such file", str(path))
    with path.open("rb") as opened:
        return opened.read(MAX_BYTES + 1)


def _answer(path: Path, kind: str) -> dict[str, object]:
    from cli.photo_seen import in_file_pixels
    from workers.photos.pipeline import process

    nothing = {"corners": None, "action": "refuse", "confidence": 0.0}
    try:
        record = process(_content(path), "", kind).record
    except OSError as missing:
        return {**nothing, "error": str(missing)}
    except Exception as wrong:  # whoever asks for a thousand files is told of one, and the server goes on
        return {**nothing, "error": type(wrong).__name__}
    return {
        "corners": in_file_pixels(record),
        "order": "any",
        "confidence": record["confidence"],
        "action": record["action"],
        "codes": [one["code"] for one in record["verdicts"]],  # type: ignore[attr-defined]
    }


if __name__ == "__main__":
    photo()
