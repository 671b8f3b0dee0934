"""A self-signed certificate for the addresses of a machine, kept in the data folder until they change."""

from __future__ import annotations

import ipaddress
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFE, RENEWED_BEFORE = timedelta(days=397), timedelta(days=30)  # browsers refuse a longer life
ALWAYS = ("127.0.0.1",)
NAME = "Kaihu"


def keep(certificate: Path, key: Path, addresses: list[str], now: datetime | None = None) -> None:
    """Make both files, unless those that are there hold for these addresses and are not about to end."""
    wanted, at = sorted({*ALWAYS, *addresses}), now or datetime.now(UTC)
    if not _holds(certificate, key, wanted, at):
        _make(certificate, key, wanted, at)


def names_of(certificate: Path) -> list[str]:
    """The addresses that it is for."""
    read = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return sorted(str(one) for one in names.get_values_for_type(x509.IPAddress))


def _holds(certificate: Path, key: Path, wanted: list[str], at: datetime) -> bool:
    try:
        ends = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
        return key.exists() and names_of(certificate) == wanted and at + RENEWED_BEFORE < ends
    except (OSError, ValueError):
        return False


def _make(certificate: Path, key: Path, wanted: list[str], at: datetime) -> None:
    made = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    names = [x509.DNSName("localhost"), *(x509.IPAddress(ipaddress.ip_address(one)) for one in wanted)]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(hours=1))
        .not_valid_after(at + LIFE)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(made, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    kind = serialization.PrivateFormat.PKCS8
    _write(key, made.private_bytes(serialization.Encoding.PEM, kind, plain))
    _write(certificate, signed.public_bytes(serialization.Encoding.PEM))


def _write(path: Path, data: bytes) -> None:
    """Only the owner may read it, from its first byte."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
