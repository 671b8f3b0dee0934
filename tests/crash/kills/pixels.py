"""In place of `workers.photos.pipeline`: no pixels, which are not the subject and make every fork larger."""

from __future__ import annotations

import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Processed:
    record: dict[str, object]
    upright: bytes | None
    crop: bytes | None
    stages: dict[str, dict[str, object]]
    to_read: bool = False


def process(data: bytes, slot: str, kind: str, outline: object = None) -> Processed:
    """Any upload is a good picture: one that is not keeps its step from being taken, and with time all steps."""
    return Processed({"kind": kind, "action": "accept", "verdicts": []}, data, None, {"ingest": {}})


def unreadable(code: str) -> Processed:
    """What the last attempt of a job says without looking. Here no attempt is the last."""
    raise AssertionError(code)


def rehearse() -> None:
    """There is nothing to load."""


sys.modules["workers.photos.pipeline"] = sys.modules[__name__]
