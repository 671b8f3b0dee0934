"""The tick below 《隐私政策》 as a row: which text in which version, given by whom, when, from where (PIPL 14)."""

from __future__ import annotations

import hashlib

from flask import request
from sqlalchemy import select

from engine.tables import Consent
from webapp.house import clock, settings, store, vault
from webapp.public.texts import privacy_source

DOCUMENT = "privacy_policy"


def privacy(customer_id: str) -> None:
    """Remember the consent once for each version of the text."""
    digest = hashlib.sha256(privacy_source().encode()).hexdigest()
    given = select(Consent.id).where(
        Consent.customer_id == customer_id, Consent.document == DOCUMENT, Consent.digest == digest
    )
    address = vault().seal("consents.address", request.remote_addr or "")
    with store().write() as tx:
        if tx.scalar(given) is None:
            row = Consent(
                id=settings().ids.new(), customer_id=customer_id, case_id=None, document=DOCUMENT, digest=digest
            )
            row.address, row.at = address, clock().now()
            tx.add(row)
