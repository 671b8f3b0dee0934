"""What every view may reach: the store for writing, one read-only session, the company, the published businesses."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from engine import bundles as versions
from engine import company as record
from engine.accounts import AccountSystem
from engine.bundles import Bundle, Known
from engine.clock import Clock
from engine.company import Company
from engine.pki import CertificateAuthority
from engine.store import Store, prepare
from engine.tables import Base, Case
from engine.vault import Vault
from forms.document import Form
from webapp.demonstration.people import Demonstration
from webapp.language import language
from webapp.settings import WebSettings

db = SQLAlchemy(model_class=Base)
_forms: dict[tuple[str, str], Form] = {}


@dataclass(frozen=True)
class House:
    """Everything the composition root has put together."""

    settings: WebSettings
    store: Store
    accounts: AccountSystem
    authority: CertificateAuthority | None
    demonstration: Demonstration | None

    @property
    def known(self) -> Known:
        assert self.store.known is not None
        return self.store.known


def house() -> House:
    found: House = current_app.extensions["kaihu"]
    return found


def settings() -> WebSettings:
    return house().settings


def store() -> Store:
    return house().store


def clock() -> Clock:
    return house().settings.clock


def vault() -> Vault:
    return house().store.vault


def reading() -> Session:
    """The read-only session of this request: one snapshot of the database."""
    return db.session()


def look_again() -> Session:
    """The read-only session with a fresh snapshot, for a view that has just written."""
    session = reading()
    session.rollback()
    return session


def company() -> Company:
    """The company's record as it is at this request."""
    if "company" not in g:
        g.company = record.load(reading())
    found: Company = g.company
    return found


def businesses(branch: str | None = None) -> list[Bundle]:
    """The versions that everybody (of a branch) takes, as `/` lists them."""
    return versions.businesses(reading(), house().known, clock().now(), branch)


def business(business_id: str, branch: str | None = None) -> Bundle | None:
    """The version of one business that everybody (of a branch) takes."""
    taken = versions.in_use(reading(), business_id, clock().now(), branch)
    return bundle_named(taken) if taken else None


def bundle_of(case: Case) -> Bundle:
    """The version that a case is pinned to."""
    return bundle_named(case.bundle_hash)


def bundle_named(bundle_hash: str) -> Bundle:
    """The version with this hash."""
    return versions.bundle_of(reading(), bundle_hash, house().known)


def form_of(bundle: Bundle, key: str) -> Form:
    """One form of a version. A version never changes, so that each of its documents is read once a process."""
    name = bundle.hash, key
    if name not in _forms:
        _forms[name] = Form.parse(bundle.forms[key], key)
    return _forms[name]


def say(bundle: Bundle, text: str) -> str:
    """A text of a bundle in the language of this request."""
    return bundle.say(text, language())


def read_only(engine: Engine) -> None:
    """The framework's engine serves reads alone: a view that would write through it fails at once."""
    prepare(engine)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
