"""Consents as rows: which text in which version, given by whom in which case, when, from where (PIPL 14, 29)."""

from __future__ import annotations

import hashlib

from flask import request
from sqlalchemy.orm import Session

from engine.tables import Consent
from forms.document import Component
from webapp.access import current_investor
from webapp.house import clock, settings, vault
from webapp.steps.asked import Asked


def keep(tx: Session, asked: Asked, answers: dict[str, object]) -> None:
    """Write down the consents that were ticked in this step, in the transaction that accepts the step."""
    ticked = [part for part in asked.form.fields if part.properties.get("consent") and answers.get(part.key)]
    tx.add_all(_row(asked, part) for part in ticked)


def _row(asked: Asked, part: Component) -> Consent:
    text = asked.bundle.document(part.properties["document"])
    return Consent(
        id=settings().ids.new(),
        customer_id=current_investor().id,
        case_id=asked.case.id,
        document=part.properties["consent"],
        digest=hashlib.sha256(text).hexdigest(),
        address=vault().seal("consents.address", request.remote_addr or ""),
        at=clock().now(),
    )
