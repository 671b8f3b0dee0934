"""The ring of master keys. Each purpose has its own key, derived by HKDF from one master per key id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.vault.errors import KeyMissing

Purpose = Literal["seal", "wrap", "index", "name", "audit"]
LENGTH = 32


@dataclass(frozen=True, repr=False)
class Keys:
    """`current` seals what is new; `audit` never moves (the audit chain names no key); every master still opens."""

    current: str
    audit: str
    masters: Mapping[str, bytes]
    _derived: dict[tuple[Purpose, str], bytes] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        for key_id in (self.current, self.audit):
            self._master(key_id)
        if any(len(master) != LENGTH for master in self.masters.values()):
            raise KeyMissing(f"a master key is not {LENGTH} bytes long")

    def key(self, purpose: Purpose, key_id: str | None = None) -> bytes:
        """The key of one purpose: 32 bytes that tell nothing about the master or about another purpose's key."""
        wanted = purpose, self.current if key_id is None else key_id
        if wanted not in self._derived:
            info = f"kaihu.v1.{purpose}".encode()
            derivation = HKDF(hashes.SHA256(), LENGTH, salt=None, info=info)
            self._derived[wanted] = derivation.derive(self._master(wanted[1]))
        return self._derived[wanted]

    def ids(self) -> tuple[str, ...]:
        """Every key id, the current one first."""
        return (self.current, *(key_id for key_id in self.masters if key_id != self.current))

    def _master(self, key_id: str) -> bytes:
        try:
            return self.masters[key_id]
        except KeyError:
            raise KeyMissing(f"no master key {key_id!r}") from None
