"""The register of certificates: issued to whom, in which case, revoked when."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.pki.authority import CertificateAuthority, Holder
from engine.pki.keys import read_key
from engine.pki.parties import Party
from engine.pki.trust import Standing, Trust, facts_of
from engine.tables import Certificate
from engine.vault import Vault

PEM = "certificates.pem"
ID_NUMBER = "customers.id_number"


def issue_certificate(
    tx: Session, vault: Vault, authority: CertificateAuthority, now: datetime, party: Party, spki: str
) -> str:
    """Let the authority issue for a browser's key, and register it (in no case when the party has none)."""
    holder = Holder(party.name, vault.index(ID_NUMBER, party.id_number))
    certificate = authority.issue(read_key(spki), holder, now)
    pem = certificate.public_bytes(Encoding.PEM).decode()
    tx.add(
        Certificate(
            serial=facts_of(certificate).serial,
            customer_id=party.customer_id,
            case_id=party.case_id or None,
            pem=vault.seal(PEM, pem),
            issued_at=now,
            revoked_at=None,
        )
    )
    tx.flush()
    return pem


def revoke_case(tx: Session, authority: CertificateAuthority, now: datetime, case_id: str) -> tuple[str, ...]:
    """Revoke what was issued in a case; the serials that this call revoked."""
    live = select(Certificate).where(Certificate.case_id == case_id, Certificate.revoked_at.is_(None))
    return tuple(_revoke(authority, now, row) for row in tx.scalars(live))


def revoke(tx: Session, authority: CertificateAuthority, now: datetime, serial: str) -> bool:
    """Revoke one certificate; whether this call did it."""
    row = tx.get(Certificate, serial)
    if row is None or row.revoked_at is not None:
        return False
    _revoke(authority, now, row)
    return True


def standing(tx: Session, serial: str, at: datetime | None = None) -> Standing:
    """What the register says of a serial number, now or at a moment that has passed."""
    row = tx.get(Certificate, serial)
    if row is None:
        return "unknown"
    ended = row.revoked_at is not None and (at is None or row.revoked_at <= at)
    return "revoked" if ended else "good"


def trust_at(tx: Session, authority: CertificateAuthority, at: datetime, *, looking_back: bool = False) -> Trust:
    """Whom we believe at a moment; `looking_back` leaves out what was revoked only later."""
    return Trust(authority.roots(), at, lambda serial: standing(tx, serial, at if looking_back else None))


def pem_of(tx: Session, vault: Vault, serial: str) -> str:
    """The registered certificate as PEM."""
    return vault.open(PEM, tx.get_one(Certificate, serial).pem)


def _revoke(authority: CertificateAuthority, now: datetime, row: Certificate) -> str:
    authority.revoke(row.serial, now)
    row.revoked_at = now
    return row.serial
