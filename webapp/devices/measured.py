"""What a browser reports of its devices, read at the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

_ERROR = validate.Length(max=40)
_MANY = validate.Range(min=0, max=10_000_000)


@dataclass(frozen=True)
class Measures:
    """Numbers and the names of what failed: no picture, no sound, no name of a device.

    Errors are the browser's own names (`NotAllowedError` and the like), empty where there was none. `way` is how two
    connections of the page found each other: relayed | direct | none.
    """

    secure: bool
    simulated: bool
    camera_error: str
    brightness: float
    deviation: float
    motion: float
    microphone_error: str
    level: float
    typed: str
    answer_ms: float
    upload_kbit: float
    way: str


class Unreadable(Exception):
    """What came is not a report."""


class _Report(Schema):
    class Meta:
        unknown = RAISE

    secure = fields.Boolean(required=True)
    simulated = fields.Boolean(required=True)
    camera_error = fields.String(required=True, validate=_ERROR)
    brightness = fields.Float(required=True, validate=_MANY)
    deviation = fields.Float(required=True, validate=_MANY)
    motion = fields.Float(required=True, validate=_MANY)
    microphone_error = fields.String(required=True, validate=_ERROR)
    level = fields.Float(required=True, validate=_MANY)
    typed = fields.String(required=True, validate=validate.Length(max=8))
    answer_ms = fields.Float(required=True, validate=_MANY)
    upload_kbit = fields.Float(required=True, validate=_MANY)
    way = fields.String(required=True, validate=validate.OneOf(("relayed", "direct", "none")))

    @post_load
    def made(self, data: dict[str, Any], **kwargs: Any) -> Measures:
        return Measures(**data)


def measures(document: object) -> Measures:
    """A report, or Unreadable."""
    if not isinstance(document, dict):
        raise Unreadable
    try:
        found: Measures = _Report().load(document)
    except ValidationError as wrong:
        raise Unreadable from wrong
    return found
