"""The certificate in this browser: challenges, detection, installation and signing, checked by the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.cases import answers
from engine.pki import (
    CertificateFacts,
    CertificateProblem,
    Content,
    Party,
    Proof,
    data_digest,
    detect,
    document,
    install,
    issue_challenge,
    sign,
    statement_of,
)
from engine.pki.challenges import Purpose
from engine.tables import Certificate, Challenge
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
    return row.id, statement_of(row, content(asked, documents)).text()


def found(asked: Asked, key: str, posted: Posted) -> CertificateFacts | None:
    """The certificate that this browser has proved to hold; whatever else came counts as none (G4)."""
    proof, authority = proof_of(key, posted), house().authority
    if proof is None or authority is None:
        return None
    try:
        with store().write() as tx:
            return detect(tx, vault(), authority, clock().now(), party(asked), proof)
    except CertificateProblem:
        return None


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


def signing(asked: Asked, key: str, posted: Posted, documents: tuple[str, ...]) -> Signing:
    """The signature that the browser handed over; CertificateProblem when there is none."""
    proof, authority = proof_of(key, posted), house().authority
    if proof is None or authority is None:
        raise CertificateProblem("unreadable")
    whole, new_id, who = content(asked, documents), settings().ids.new(), party(asked)
    shown = [{"path": each.path, "digest": each.digest} for each in whole.documents]
    return Signing(
        {"signature": new_id, "documents": shown},
        lambda tx: sign(tx, vault(), authority, new_id, clock().now(), who, proof, asked.task.id, whole),
    )


def content(asked: Asked, documents: tuple[str, ...]) -> Content:
    """What the case holds to be signed: the exact texts, and every answer of its customer."""
    steps = [step.id for step in asked.bundle.steps if step.role == asked.task.role]
    data = {step: answers.latest(reading(), vault(), asked.case.id, step) for step in steps if step != asked.task.step}
    texts = tuple(document(path, asked.bundle.document(path)) for path in documents)
    return Content(asked.case.number or "", asked.bundle.hash, texts, data_digest(data))


def proof_of(key: str, posted: Posted) -> Proof | None:
    """What the browser handed over, if it did."""
    parts = [next(iter(posted.get(f"{key}.{name}", [])), "") for name in ("challenge", "signature", "certificate")]
    return Proof(*parts) if all(parts) else None


def elsewhere() -> Certificate | None:
    """The newest certificate of this person that stands: it may be in another browser."""
    mine = select(Certificate).where(Certificate.customer_id == current_investor().id, Certificate.revoked_at.is_(None))
    return reading().scalars(mine.order_by(Certificate.issued_at.desc()).limit(1)).first()
