"""The passed-in source of ids: unguessable, so that an id in a URL tells nothing."""

from __future__ import annotations

from typing import Protocol
from uuid import uuid4


class Ids(Protocol):
    def new(self) -> str:
        """A fresh id of 32 lower-case hexadecimal characters."""
        ...


class RandomIds:
    """Version 4 UUIDs without hyphens (RFC 9562)."""

    def new(self) -> str:
        return uuid4().hex
