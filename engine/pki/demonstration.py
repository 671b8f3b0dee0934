"""The demonstration CA: issues at once to anybody whom the caller names. Never in a real installation."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engine.pki.authority import Holder
from engine.pki.errors import CertificateProblem

NAME = "演示证书机构，无法律效力 (Kaihu Demonstration CA)"
ORGANISATION = "演示 Demonstration, no legal effect"
KEY_FILE, CERTIFICATE_FILE = "demonstration-ca.key.pem", "demonstration-ca.certificate.pem"
ROOT_LIFE, HOLDER_LIFE = timedelta(days=3650), timedelta(days=365)


class DemonstrationCA:
    """A CertificateAuthority of our own whose every certificate says that it is a demonstration."""

    name = NAME
    licensed = False

    def __init__(self, key: ec.EllipticCurvePrivateKey, root: x509.Certificate) -> None:
        self._key, self._root = key, root

    def roots(self) -> tuple[x509.Certificate, ...]:
        return (self._root,)

    def issue(self, key: ec.EllipticCurvePublicKey, holder: Holder, now: datetime) -> x509.Certificate:
        return (
            _start(_subject(holder.name, holder.person), now, HOLDER_LIFE)
            .issuer_name(self._root.subject)
            .public_key(key)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(signatures=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, hashes.SHA256())
        )

    def revoke(self, serial: str, now: datetime) -> None:
        """Nothing to tell: the register is this authority's own list."""


def make_demonstration_ca(folder: Path, now: datetime) -> DemonstrationCA:
    """Make the key and the root certificate in the folder; FileExistsError when the key is there."""
    if (folder / KEY_FILE).exists():
        raise FileExistsError(folder / KEY_FILE)
    key = ec.generate_private_key(ec.SECP256R1())
    root = _self_signed(key, now)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    folder.mkdir(parents=True, exist_ok=True)
    _write_private(folder / CERTIFICATE_FILE, root.public_bytes(serialization.Encoding.PEM), os.O_TRUNC)
    _write_private(folder / KEY_FILE, pem, os.O_EXCL)
    return DemonstrationCA(key, root)


def load_demonstration_ca(folder: Path) -> DemonstrationCA:
    """The CA of a folder; CertificateProblem when it is not there or its key is open to others."""
    try:
        if (folder / KEY_FILE).stat().st_mode & 0o077:
            raise CertificateProblem("unreadable")
        key = serialization.load_pem_private_key((folder / KEY_FILE).read_bytes(), password=None)
        root = x509.load_pem_x509_certificate((folder / CERTIFICATE_FILE).read_bytes())
    except (OSError, ValueError):
        raise CertificateProblem("unreadable") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != root.public_key():
        raise CertificateProblem("unreadable")
    return DemonstrationCA(key, root)


def _self_signed(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    subject = _subject("Kaihu Demonstration CA 演示", None)
    return (
        _start(subject, now, ROOT_LIFE)
        .issuer_name(subject)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signatures=False), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


def _start(subject: x509.Name, now: datetime, life: timedelta) -> x509.CertificateBuilder:
    moment = now.astimezone(UTC).replace(microsecond=0)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .serial_number(x509.random_serial_number())
        .not_valid_before(moment)
        .not_valid_after(moment + life)
    )


def _subject(name: str, person: str | None) -> x509.Name:
    attributes = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
        x509.NameAttribute(NameOID.COMMON_NAME, name),
    ]
    if person is not None:
        attributes.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, person))
    return x509.Name(attributes)


def _usage(*, signatures: bool) -> x509.KeyUsage:
    """For signatures and their non-repudiation, or for certificates and revocation lists."""
    return x509.KeyUsage(
        digital_signature=signatures,
        content_commitment=signatures,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signatures,
        crl_sign=not signatures,
        encipher_only=False,
        decipher_only=False,
    )


def _write_private(path: Path, data: bytes, how: int) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
