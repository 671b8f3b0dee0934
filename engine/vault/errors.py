"""The two refusals of the vault."""

from __future__ import annotations


class VaultError(Exception):
    """The vault cannot do what was asked."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or (self.__doc__ or "").strip())


class Tampered(VaultError):
    """The sealed bytes are not what the vault wrote for this place."""


class KeyMissing(VaultError):
    """The key file, or a key that it should hold, is missing or not safe to use."""
