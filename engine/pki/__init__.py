"""Certificates and signatures: keys are made in the browser and never leave it."""

from engine.pki.authority import CertificateAuthority, Holder
from engine.pki.challenges import issue_challenge, use_challenge
from engine.pki.demonstration import DemonstrationCA, load_demonstration_ca, make_demonstration_ca
from engine.pki.detection import detect, install, recognise
from engine.pki.errors import CertificateProblem
from engine.pki.keys import read_key, verify_signature
from engine.pki.parties import Party, Proof
from engine.pki.register import issue_certificate, pem_of, revoke, revoke_case, standing, trust_at
from engine.pki.signing import Content, check_signature, sign, statement_of
from engine.pki.statement import SignedDocument, Statement, data_digest, document
from engine.pki.trust import CertificateFacts, Trust, verify_certificate, verify_challenge

__all__ = [
    "CertificateAuthority", "CertificateFacts", "CertificateProblem", "Content", "DemonstrationCA", "Holder",
    "Party", "Proof", "SignedDocument", "Statement", "Trust", "check_signature", "data_digest", "detect",
    "document", "install", "issue_certificate", "issue_challenge", "load_demonstration_ca",
    "make_demonstration_ca", "pem_of", "read_key", "recognise", "revoke", "revoke_case", "sign", "standing",
    "statement_of", "trust_at", "use_challenge", "verify_certificate", "verify_challenge", "verify_signature",
]  # fmt: skip
