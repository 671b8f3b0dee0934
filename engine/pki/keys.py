"""What WebCrypto hands over: P-256 public keys as SPKI, signatures as base64 of r and s side by side."""

from __future__ import annotations

import base64
import binascii

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import load_der_public_key

from engine.pki.errors import CertificateProblem

HALF = 32
LONGEST = 4096


def read_key(spki: str) -> ec.EllipticCurvePublicKey:
    """The P-256 key of a base64 SPKI document, with or without PEM lines."""
    body = "".join(line for line in spki.splitlines() if not line.startswith("-----"))
    try:
        key = load_der_public_key(_bytes_of(body))
    except (ValueError, UnsupportedAlgorithm):
        raise CertificateProblem("unreadable") from None
    return p256(key)


def p256(key: object) -> ec.EllipticCurvePublicKey:
    """The key itself, when it is one that we take."""
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise CertificateProblem("unreadable")
    return key


def verify_signature(key: ec.EllipticCurvePublicKey, text: str, signature: str) -> None:
    """Nothing when the key signed exactly this text (ECDSA, SHA-256); else CertificateProblem."""
    raw = _bytes_of(signature)
    if len(raw) != 2 * HALF:
        raise CertificateProblem("unreadable")
    pair = int.from_bytes(raw[:HALF], "big"), int.from_bytes(raw[HALF:], "big")
    try:
        key.verify(encode_dss_signature(*pair), text.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise CertificateProblem("bad_signature") from None


def _bytes_of(text: str) -> bytes:
    try:
        if len(text) > LONGEST:
            raise ValueError
        return base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        raise CertificateProblem("unreadable") from None
