"""One file through the whole pipeline, as the workers take an upload through it; nothing is stored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.clock import SystemClock
from engine.company import default_company
from workers.photos.pipeline import process
from workers.photos.reading import Bin
from workers.photos.recognise import Asked, recognise

KINDS = {"signature": "sheet"}


def inspected(data: bytes, slot: str) -> dict[str, object]:
    """What `kaihu photo inspect` tells, as plain JSON."""
    done = process(data, slot, KINDS.get(slot, "id1"))
    record: Mapping[str, Any] = done.record
    fields: object = {}
    if done.upright is not None and done.to_read:
        asked = Asked(slot, SystemClock().now().date(), id_number=None, bins=tuple(_bins()))
        text = recognise(done.upright, done.crop, record, asked)
        record, fields = {**record, **text.record}, text.reading["fields"]
    return {
        "corners": in_file_pixels(record),
        "rotation": record["rotation"],
        "confidence": record["confidence"],
        "action": record["action"],
        "verdicts": record["verdicts"],
        "fields": fields,
        "size": record["full_size"],
        "format": record["format"],
    }


def in_file_pixels(record: Mapping[str, Any]) -> list[list[float]] | None:
    """The record's corners belong to a picture of at most 2400 px; the asker knows the file's own pixels."""
    corners, size, full = record["corners"], record["size"], record["full_size"]
    if corners is None:
        return None
    scale = full[0] / size[0]
    return [[round(x * scale, 2), round(y * scale, 2)] for x, y in corners]


def _bins() -> Iterator[Bin]:
    for bank in default_company().banks:
        yield from (Bin(row.prefix, bank.name, row.kind, row.length) for row in bank.bins)
