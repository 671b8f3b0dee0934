"""Signatures over statements: checked when given, and again whenever somebody asks years later."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from engine.pki.authority import CertificateAuthority
from engine.pki.challenges import use_challenge
from engine.pki.parties import Party, Proof
from engine.pki.register import ID_NUMBER, pem_of, trust_at
from engine.pki.statement import SignedDocument, Statement, read_statement
from engine.pki.trust import facts_of, read_certificate, verify_challenge
from engine.tables import Challenge, Signature
from engine.vault import Vault

STATEMENT = "signatures.statement"


@dataclass(frozen=True)
class Content:
    """What the case holds to be signed: its number, the bundle's hash, the agreements, the digest of the data."""

    case_number: str
    version: str
    documents: tuple[SignedDocument, ...]
    data: str


def statement_of(challenge: Challenge, content: Content) -> Statement:
    """The statement to be signed for this challenge: shown to the browser, and made again when the signature comes."""
    return Statement(
        content.case_number, content.version, content.documents, content.data, challenge.created_at, challenge.text
    )


def sign(
    tx: Session,
    vault: Vault,
    authority: CertificateAuthority,
    id: str,
    now: datetime,
    party: Party,
    proof: Proof,
    task_id: str,
    content: Content,
) -> Signature:
    """Check the signature over what the case holds now and store it. A text or datum changed since fails the check."""
    challenge = use_challenge(tx, proof.challenge_id, now, party, "sign")
    text = statement_of(challenge, content).text()
    trust, persons = trust_at(tx, authority, now), vault.indexes(ID_NUMBER, party.id_number)
    facts = verify_challenge(proof.certificate, text, proof.signature, trust, persons)
    row = Signature(
        id=id,
        case_id=party.case_id,
        task_id=task_id,
        serial=facts.serial,
        statement=vault.seal(STATEMENT, text),
        documents=[asdict(each) for each in content.documents],
        value=proof.signature,
        at=now,
    )
    tx.add(row)
    tx.flush()
    return row


def check_signature(tx: Session, vault: Vault, authority: CertificateAuthority, signature_id: str) -> Statement:
    """The statement of a stored signature, checked against the certificate as it stood when it was signed."""
    row = tx.get_one(Signature, signature_id)
    text = vault.open(STATEMENT, row.statement)
    trust, pem = trust_at(tx, authority, row.at, looking_back=True), pem_of(tx, vault, row.serial)
    verify_challenge(pem, text, row.value, trust, (facts_of(read_certificate(pem)).person,))
    return read_statement(text)
