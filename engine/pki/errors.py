"""Why a certificate or a signature is not accepted."""

from __future__ import annotations

from typing import Literal

Code = Literal[
    "unreadable",  # no certificate, key or signature of the kinds we take
    "not_ours",  # not issued by the CA we trust
    "unknown",  # issued by it, and in no record of ours
    "not_yet_valid",
    "expired",
    "revoked",
    "another_person",
    "bad_signature",  # the key did not sign this text
    "challenge_gone",  # used before, too old, or another person's
    "data_changed",  # the case holds other answers now than were signed
]


class CertificateProblem(Exception):
    """A certificate or signature is refused; the code says why. For the flow every code means "no certificate" (G4)."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self.code: Code = code
