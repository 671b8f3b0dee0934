"""What a signature covers: the answers of every step whose correction has to be signed again (G5), and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.bundles import Known, bundle_of
from engine.cases import answers, asking
from engine.pki import CertificateAuthority, CertificateProblem, check_signature, data_digest, document
from engine.tables import Case, Certificate, Signature, Task

if TYPE_CHECKING:
    from engine.bundles import Bundle
    from engine.vault import Vault


def signed_steps(bundle: Bundle, signing: str) -> list[str]:
    """The steps whose answers are signed in the step `signing`.

    By the business's own table of what a correction repeats: so nothing that is signed can change without a new
    signature. Where the table names none, every step of the same person is signed.
    """
    role = bundle.step(signing).role
    others = [step.id for step in bundle.steps if step.role == role and step.id != signing]
    return [step for step in others if signing in asking.repeated(bundle, step, {})] or others


def signed_answers(tx: Session, vault: Vault, bundle: Bundle, case_id: str, signing: str) -> dict[str, dict[str, Any]]:
    """The answers that were accepted last for each of these steps."""
    found = {step: answers.latest(tx, vault, case_id, step) for step in signed_steps(bundle, signing)}
    return {step: given for step, given in found.items() if given is not None}


def signed_digest(tx: Session, vault: Vault, bundle: Bundle, case_id: str, signing: str) -> str:
    """The digest of these answers, as it stands in the signed statement."""
    return data_digest(signed_answers(tx, vault, bundle, case_id, signing))


def check_signed(tx: Session, vault: Vault, authority: CertificateAuthority, known: Known, row: Signature) -> None:
    """CertificateProblem when a signature does not hold, or (a case's newest) not over what the case holds now."""
    statement = check_signature(tx, vault, authority, row.id)
    case, bundle = tx.get_one(Case, row.case_id), bundle_of(tx, statement.version, known)
    if tx.get_one(Certificate, row.serial).customer_id != case.customer_id:
        raise CertificateProblem("another_person")
    texts = tuple(document(each.path, bundle.document(each.path)) for each in statement.documents)
    if (statement.case_number, statement.documents) != (case.number, texts):
        raise CertificateProblem("bad_signature")
    signing = tx.get_one(Task, row.task_id).step
    if is_newest(tx, row) and statement.data != signed_digest(tx, vault, bundle, case.id, signing):
        raise CertificateProblem("data_changed")


def is_newest(tx: Session, row: Signature) -> bool:
    """Whether no later signature of the same step takes this one's place."""
    signing = tx.get_one(Task, row.task_id).step
    mine = select(Signature.id).join(Task, Task.id == Signature.task_id)
    mine = mine.where(Task.case_id == row.case_id, Task.step == signing)
    return tx.scalars(mine.order_by(Task.round.desc()).limit(1)).first() == row.id
