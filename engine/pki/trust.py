"""Whether a certificate is to be believed: chain, use, dates, revocation, person; clock and records are passed in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import verification
from cryptography.x509.oid import NameOID

from engine.clock import SHANGHAI
from engine.pki.errors import CertificateProblem
from engine.pki.keys import p256, verify_signature

LONGEST = 16_384
Standing = Literal["good", "revoked", "unknown"]


@dataclass(frozen=True)
class Trust:
    """Whom we believe at one moment."""

    roots: tuple[x509.Certificate, ...]
    now: datetime
    standing: Callable[[str], Standing]
    intermediates: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True)
class CertificateFacts:
    """What a believed certificate says. `person` is the blind index of the ID number, `name` the holder's name."""

    serial: str
    person: str
    name: str
    valid_from: datetime
    valid_until: datetime
    key: ec.EllipticCurvePublicKey


def verify_certificate(pem: str, trust: Trust, persons: Collection[str]) -> CertificateFacts:
    """The facts of a certificate that holds for one of these indexes of one person; else CertificateProblem."""
    certificate = read_certificate(pem)
    facts = facts_of(certificate)
    if trust.now < facts.valid_from:
        raise CertificateProblem("not_yet_valid")
    if trust.now > facts.valid_until:
        raise CertificateProblem("expired")
    _check_chain(certificate, trust)
    standing = trust.standing(facts.serial)
    if standing != "good":
        raise CertificateProblem(standing)
    if facts.person not in persons:
        raise CertificateProblem("another_person")
    return facts


def verify_challenge(pem: str, text: str, signature: str, trust: Trust, persons: Collection[str]) -> CertificateFacts:
    """The facts of a believed certificate whose key signed this text."""
    facts = verify_certificate(pem, trust, persons)
    verify_signature(facts.key, text, signature)
    return facts


def read_certificate(pem: str) -> x509.Certificate:
    """The one certificate of a PEM text."""
    try:
        if len(pem) > LONGEST:
            raise ValueError
        (certificate,) = x509.load_pem_x509_certificates(pem.encode())
    except ValueError:
        raise CertificateProblem("unreadable") from None
    return certificate


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """What a certificate says, believed or not."""
    try:
        return CertificateFacts(
            serial=format(certificate.serial_number, "040x"),
            person=_attribute(certificate, NameOID.SERIAL_NUMBER),
            name=_attribute(certificate, NameOID.COMMON_NAME),
            valid_from=certificate.not_valid_before_utc.astimezone(SHANGHAI),
            valid_until=certificate.not_valid_after_utc.astimezone(SHANGHAI),
            key=p256(certificate.public_key()),
        )
    except ValueError:
        raise CertificateProblem("unreadable") from None


def _attribute(certificate: x509.Certificate, oid: x509.ObjectIdentifier) -> str:
    (attribute,) = certificate.subject.get_attributes_for_oid(oid)
    return str(attribute.value)


def _check_chain(certificate: x509.Certificate, trust: Trust) -> None:
    verifier = (
        verification.PolicyBuilder()
        .store(verification.Store(list(trust.roots)))
        .time(trust.now.astimezone(UTC).replace(tzinfo=None))
        .max_chain_depth(len(trust.intermediates))
        .extension_policies(ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(), ee_policy=_holder_policy())
        .build_client_verifier()
    )
    try:
        verifier.verify(certificate, list(trust.intermediates))
    except verification.VerificationError:
        raise CertificateProblem("not_ours") from None


def _holder_policy() -> verification.ExtensionPolicy:
    critical = verification.Criticality.CRITICAL
    return (
        verification.ExtensionPolicy.permit_all()
        .require_present(x509.BasicConstraints, critical, None)
        .require_present(x509.KeyUsage, critical, _may_sign)
    )


def _may_sign(policy: verification.Policy, certificate: x509.Certificate, usage: x509.KeyUsage) -> None:
    if not usage.digital_signature or usage.key_cert_sign:
        raise ValueError("not a certificate for signatures")
