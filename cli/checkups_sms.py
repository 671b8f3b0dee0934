"""Checks of the texts to phones: who carries them, and whether codes came through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, select

from cli.checkups_stored import DATABASE, STORE, TABLES
from cli.finding import Check, Finding, Patient
from engine import texts
from engine.tables import CompanyRow, OutgoingText
from workers.drivers.sms import LOCAL, sms_gateway

SMS = "sms"
LATELY = timedelta(days=1)


def gateway(patient: Patient) -> Iterator[Finding]:
    """Notices that nobody could send are incidents; a code is too old for that, and is counted here."""
    name = sms_gateway(patient.store).name
    with patient.store.read() as tx:
        company = tx.get(CompanyRow, 1)
        since = patient.store.clock.now() - LATELY
        lost = (OutgoingText.status == texts.FAILED) & (OutgoingText.created_at > since)
        number = tx.scalar(select(func.count()).select_from(OutgoingText).where(lost)) or 0
    if name == LOCAL and not (company and company.demonstration):
        cure = "connect a provider (docs/operating.md) before customers come: they sign in by a code"
        yield Finding("note", SMS, f"{name}: texts are kept in the database, none reaches a phone", cure)
    else:
        yield Finding("ok", SMS, f"{name}: texts are kept in the database" if name == LOCAL else name)
    if number:
        says = f"{number} sign-in codes of the last day were not sent before they expired"
        yield Finding("wrong", SMS, says, f"see {patient.place.logs / 'worker.log'}, and ask the provider of {name}")


CHECKS = [(SMS, Check(gateway, [*STORE, DATABASE, TABLES]))]
