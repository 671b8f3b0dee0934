"""What this installation has not connected yet, though real customers need it."""

from __future__ import annotations

from collections.abc import Iterator

from cli.authority import authority_of
from cli.checkups_stored import DATABASE, STORE, TABLES
from cli.finding import Check, Finding, Patient
from cli.installation import Installation
from cli.known import known
from engine.bundles import businesses
from engine.clock import SystemClock
from engine.company import Company, Problem, load
from engine.company.connected import NO_AUTHORITY, NO_GATEWAY
from engine.company.serving import unserved
from engine.store import Store
from workers.drivers.sms import LOCAL, sms_gateway

CERTIFICATES, PEOPLE = "certificates", "people"


def lacking(place: Installation, store: Store, company: Company) -> list[Problem]:
    """Nothing in a demonstration, which plays every part itself."""
    if company.demonstration:
        return []
    wanted = (
        (authority_of(place, demonstration=False) is None, NO_AUTHORITY),
        (sms_gateway(store).name == LOCAL, NO_GATEWAY),
    )
    with store.read() as tx:
        unstaffed = unserved(tx, businesses(tx, known(), SystemClock().now()), company.settings)
    return [*unstaffed, *(problem for missing, problem in wanted if missing)]


def certificates(patient: Patient) -> Iterator[Finding]:
    """Who certifies the keys of customers."""
    with patient.store.read() as tx:
        company = load(tx)
    authority = authority_of(patient.place, demonstration=company.demonstration)
    if authority is not None:
        yield Finding("ok", CERTIFICATES, authority.name)
    else:
        cure = "connect a licensed authority (docs/operating.md); until then customers read so before they sign in"
        yield Finding("note", CERTIFICATES, "no authority: what is signed with a certificate cannot be finished", cure)


def people(patient: Patient) -> Iterator[Finding]:
    """Whether somebody is there for what the diagrams ask of the staff."""
    with patient.store.read() as tx:
        company = load(tx)
        found = unserved(tx, businesses(tx, known(), SystemClock().now()), company.settings)
    if found and not company.demonstration:
        yield Finding("note", PEOPLE, "; ".join(problem.en for problem in found[:3]), "kaihu company check says all")


CHECKS = [
    (PEOPLE, Check(people, [*STORE, DATABASE, TABLES, "company", "business"])),
    (CERTIFICATES, Check(certificates, [*STORE, DATABASE, TABLES, "company"])),
]
