"""Who certifies the keys of an installation's customers."""

from __future__ import annotations

from cli.installation import Installation
from engine.pki import CertificateAuthority, load_demonstration_ca


def authority_of(place: Installation, *, demonstration: bool) -> CertificateAuthority | None:
    """The demonstration's own; for real people none ships, and a licensed one is connected here."""
    return load_demonstration_ca(place.data) if demonstration else None
