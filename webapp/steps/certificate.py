"""The certificate in this browser: challenges, detection, installation and signing, checked by the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases.signed import signed_digest
from engine.pki import (
    CertificateFacts,
    CertificateProblem,
    Content,
    Party,
    Proof,
    SignedDocument,
    detect,
    document,
    install,
    issue_challenge,
    recognise,
    sign,
    statement_of,
)
from engine.pki.challenges import Purpose
from engine.tables import Case, Certificate, Challenge
from forms.typed import Posted
from webapp.access import current_investor, person
from webapp.house import clock, house, reading, settings, store, vault
from webapp.steps.asked import Asked


def party(asked: Asked) -> Party:
    return Party(asked.case.customer_id, asked.case.id, person().name, person().id_number)


def challenge(asked: Asked, purpose: Purpose) -> Challenge:
    """A text for the browser to sign once."""
    with store().write() as tx:
        return issue_challenge(tx, settings().ids, clock().now(), party(asked), purpose)


def statement(asked: Asked, documents: tuple[str, ...]) -> tuple[str, str]:
    """What is to be signed now: the id of its challenge, and the text."""
    row = challenge(asked, "sign")
    return row.id, statement_of(row, content(reading(), asked, documents)).text()


@dataclass(frozen=True)
class Detected:
    """A certificate that this browser has proved to hold. `use` uses the challenge up, when the step is accepted."""

    facts: CertificateFacts
    use: Callable[[Session], object]


def detected(asked: Asked, key: str, posted: Posted) -> Detected | None:
    """What this browser holds; whatever else came counts as none (G4)."""
    proof, authority, who = proof_of(key, posted), house().authority, party(asked)
    if proof is None or authority is None:
        return None
    try:
        facts = recognise(reading(), vault(), authority, clock().now(), who, proof)
    except CertificateProblem:
        return None
    return Detected(facts, lambda tx: detect(tx, vault(), authority, clock().now(), who, proof))


def installed(asked: Asked, challenge_id: str, signature: str, spki: str) -> str:
    """A certificate for the key that this browser has made, as PEM; CertificateProblem when it cannot be."""
    authority = house().authority
    if authority is None:
        raise CertificateProblem("not_ours")
    proof = Proof(challenge_id, signature)
    with store().write() as tx:
        return install(tx, vault(), authority, clock().now(), party(asked), proof, spki)


@dataclass(frozen=True)
class Signing:
    """A signature that came with a form: `answer` is what the answers keep of it."""

    answer: dict[str, object]
    sign: Callable[[Session], object]
    """Checks and stores it in the transaction that accepts the step; CertificateProblem when it does not hold."""


def signing(asked: Asked, key: str, posted: Posted, documents: tuple[str, ...], id: str) -> Signing:
    """The signature that the browser handed over, to be stored as `id`; CertificateProblem when there is none."""
    proof, authority, who = proof_of(key, posted), house().authority, party(asked)
    if proof is None or authority is None:
        raise CertificateProblem("unreadable")
    given, holder = proof, authority

    def work(tx: Session) -> None:
        whole = content(tx, asked, documents)
        sign(tx, vault(), holder, id, clock().now(), who, given, asked.task.id, whole)

    shown = [{"path": each.path, "digest": each.digest} for each in _texts(asked, documents)]
    return Signing({"signature": id, "documents": shown}, work)


def content(tx: Session, asked: Asked, documents: tuple[str, ...]) -> Content:
    """What the case holds to be signed, as this transaction sees it: the exact texts, and the customer's answers."""
    number = tx.get_one(Case, asked.case.id).number or ""
    data = signed_digest(tx, vault(), asked.bundle, asked.case.id, asked.task.step)
    return Content(number, asked.bundle.hash, _texts(asked, documents), data)


def _texts(asked: Asked, documents: tuple[str, ...]) -> tuple[SignedDocument, ...]:
    return tuple(document(path, asked.bundle.document(path)) for path in documents)


def proof_of(key: str, posted: Posted) -> Proof | None:
    """What the browser handed over, if it did."""
    parts = [next(iter(posted.get(f"{key}.{name}", [])), "") for name in ("challenge", "signature", "certificate")]
    return Proof(*parts) if all(parts) else None


def elsewhere() -> Certificate | None:
    """The newest certificate of this person that stands: it may be in another browser."""
    mine = select(Certificate).where(Certificate.customer_id == current_investor().id, Certificate.revoked_at.is_(None))
    return reading().scalars(mine.order_by(Certificate.issued_at.desc()).limit(1)).first()
