"""The tick below 《隐私政策》 as a row: which text in which version, given by whom, when, from where (PIPL 14)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.tables import Consent
from webapp.house import clock, settings, vault
from webapp.public.texts import privacy_source

DOCUMENT = "privacy_policy"


def privacy(customer_id: str) -> Callable[[Session], None]:
    """What remembers the consent, once for each version of the text, in the transaction that lets the person in."""
    digest = hashlib.sha256(privacy_source().encode()).hexdigest()
    address = vault().seal("consents.address", request.remote_addr or "")
    given = select(Consent.id).where(
        Consent.customer_id == customer_id, Consent.document == DOCUMENT, Consent.digest == digest
    )

    def remember(tx: Session) -> None:
        if tx.scalar(given) is None:
            row = Consent(
                id=settings().ids.new(), customer_id=customer_id, case_id=None, document=DOCUMENT, digest=digest
            )
            row.address, row.at = address, clock().now()
            tx.add(row)

    return remember
