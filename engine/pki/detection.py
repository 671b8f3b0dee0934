"""Certificate detection and installation: the browser proves that it holds the key by signing a challenge."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from engine.pki.authority import CertificateAuthority
from engine.pki.challenges import open_challenge, use_challenge
from engine.pki.keys import read_key, verify_signature
from engine.pki.parties import Party, Proof
from engine.pki.register import ID_NUMBER, issue_certificate, trust_at
from engine.pki.trust import CertificateFacts, verify_challenge
from engine.tables import Challenge
from engine.vault import Vault


def recognise(
    tx: Session, vault: Vault, authority: CertificateAuthority, now: datetime, party: Party, proof: Proof
) -> CertificateFacts:
    """What `detect` would find now. Nothing is used up: that belongs to the unit that accepts what follows from it."""
    challenge = open_challenge(tx, proof.challenge_id, now, party, "detect")
    return _verified(tx, vault, authority, now, party, proof, challenge)


def detect(
    tx: Session, vault: Vault, authority: CertificateAuthority, now: datetime, party: Party, proof: Proof
) -> CertificateFacts:
    """The facts of the certificate that this browser holds for this person; else CertificateProblem."""
    challenge = use_challenge(tx, proof.challenge_id, now, party, "detect")
    return _verified(tx, vault, authority, now, party, proof, challenge)


def _verified(
    tx: Session,
    vault: Vault,
    authority: CertificateAuthority,
    now: datetime,
    party: Party,
    proof: Proof,
    challenge: Challenge,
) -> CertificateFacts:
    persons = vault.indexes(ID_NUMBER, party.id_number)
    return verify_challenge(proof.certificate, challenge.text, proof.signature, trust_at(tx, authority, now), persons)


def install(
    tx: Session, vault: Vault, authority: CertificateAuthority, now: datetime, party: Party, proof: Proof, spki: str
) -> str:
    """Issue a certificate to the browser that proves it holds the key; returns it as PEM."""
    challenge = use_challenge(tx, proof.challenge_id, now, party, "install")
    verify_signature(read_key(spki), challenge.text, proof.signature)
    return issue_certificate(tx, vault, authority, now, party, spki)
