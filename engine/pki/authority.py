"""What we ask of a certificate authority, licensed or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec


@dataclass(frozen=True)
class Holder:
    """Whom a certificate names. `person` is the vault's index of the ID number; the number is in no certificate."""

    name: str
    person: str


class CertificateAuthority(Protocol):
    """Issues and revokes. `name` is what a page says of it; `licensed` whether its certificates have legal effect."""

    name: str
    licensed: bool

    def roots(self) -> tuple[x509.Certificate, ...]:
        """The certificates to which every chain must lead."""
        ...

    def issue(self, key: ec.EllipticCurvePublicKey, holder: Holder, now: datetime) -> x509.Certificate:
        """A certificate for signatures with this key; the private half never left the holder's browser."""
        ...

    def revoke(self, serial: str, now: datetime) -> None:
        """Tell the authority. Telling it twice is harmless."""
        ...
