"""The composition root of the web: everything is put together here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from typing import Any

from flask import Flask, g, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_wtf.csrf import CSRFProtect, generate_csrf
from markupsafe import Markup
from sqlalchemy import make_url
from werkzeug.middleware.proxy_fix import ProxyFix

from engine.accounts import AccountSystem, LocalAccountSystem
from engine.pki import CertificateAuthority
from engine.store import Store, connect, one_moment
from engine.vault import Vault, open_vault
from webapp import (
    access,
    administration,
    bodies,
    desk,
    errors,
    headers,
    health,
    kept_views,
    language,
    logs,
    my,
    operate,
    plain,
    public,
    signin,
    staff,
    steps,
    studio,
)
from webapp.calls import customer, verifier
from webapp.demonstration.people import Demonstration
from webapp.devices import views as devices
from webapp.hotline import unbroken
from webapp.house import House, company, db, house, read_only, say
from webapp.known import KNOWN
from webapp.public.unsigned import stops_at_signing
from webapp.settings import WebSettings
from webapp.streams.streams import open_streams, teller
from workers.catalogue import SERVICES


def create_app(
    settings: WebSettings,
    *,
    accounts: Callable[[Store], AccountSystem] = LocalAccountSystem,
    authority: CertificateAuthority | None = None,
    demonstration: Demonstration | None = None,
) -> Flask:
    """The web application. `accounts` connects the company's account system to a store, `authority` certifies keys,
    `demonstration` adds its routes.
    """
    logs.configure()
    app = Flask(__name__)
    vault = open_vault(settings.key_file, settings.blob_folder)
    app.config.update(_flask_settings(settings, vault))
    database, tell = connect(settings.database_url), teller(settings)
    store = Store(database, settings.clock, settings.ids, vault, SERVICES, KNOWN, tell)
    app.extensions["kaihu"] = House(settings, store, accounts(store), authority, demonstration)
    open_streams(app, settings, vault)
    logs.watch(app)
    headers.guard(app, settings.secure_cookies)
    _database(app)
    language.teach(app, settings.secure_cookies)
    plain.guard_host(app)
    _protect(app, settings, vault)
    plain.guard(app)
    errors.answer(app)
    app.context_processor(_everywhere)
    _pages(app, demonstration)
    return app


def _flask_settings(settings: WebSettings, vault: Vault) -> dict[str, Any]:
    prefix, address = "__Host-" if settings.secure_cookies else "", database_address(settings.database_url)
    return {
        "SECRET_KEY": vault.index("webapp.form_cookie", "secret"),
        "SESSION_COOKIE_NAME": f"{prefix}kaihu_form",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,  # a form may lie open for an hour: the token lives as long as its cookie
        "WTF_CSRF_SSL_STRICT": settings.secure_cookies,
        "MAX_CONTENT_LENGTH": bodies.LARGEST,
        "MAX_FORM_MEMORY_SIZE": bodies.MEGABYTE,
        "SQLALCHEMY_DATABASE_URI": address,
        "SQLALCHEMY_ENGINE_OPTIONS": {"execution_options": one_moment(make_url(address).get_dialect().name)},
        "BABEL_TRANSLATION_DIRECTORIES": str(resources.files("webapp") / "translations"),
    }


def database_address(url: str) -> str:
    """The address with the driver that we use for PostgreSQL."""
    scheme, colon, rest = url.partition("://")
    return f"postgresql+psycopg{colon}{rest}" if scheme in ("postgres", "postgresql") else url


def _database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        read_only(db.engine)


def _protect(app: Flask, settings: WebSettings, vault: Vault) -> None:
    """A coarse limit by address that lets everybody in when the queue server is away, then one on bodies, then CSRF.

    The queue server sees an address only through the vault's key: it keeps what it is told in a journal.
    """
    storage = (settings.redis_url or "memory://").replace("unix://", "redis+unix://", 1)
    Limiter(
        lambda: vault.index("limits.address", get_remote_address()),
        app=app,
        storage_uri=storage,
        default_limits=[f"{settings.requests_a_minute}/minute"],
        default_limits_exempt_when=_records,
        swallow_errors=True,
        key_prefix="kaihu",
    )
    bodies.guard(app)
    CSRFProtect(app)  # reads the form, so it stands behind what says whether and how much is read
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _records() -> bool:
    """Two a second for each call, from all the verifiers of one office: what they record is not counted."""
    return request.endpoint in ("desk.chunk", "desk_calls.recorded") and access.staff() is not None


def _everywhere() -> dict[str, Any]:
    """What every template may use. A broken request gets it without the database."""
    given: dict[str, Any] = {
        "lang": language.language(),
        "language_switch": language.switch_address(),
        "csrf_field": _csrf_field,
    }
    if g.get("is_broken"):
        return {
            **given,
            "company_name": "",
            "hotline": "",
            "demonstration": False,
            "investor": None,
            "staff": None,
            "links": (),
        }
    firm, lang = company(), language.language()
    return {
        **given,
        "company_name": firm.name_en if lang == "en" else firm.name,
        "hotline": unbroken(firm.hotline),
        "demonstration": house().demonstration is not None,
        "investor": access.investor(),
        "staff": access.staff(),
        "say": say,
        "stops_at_signing": stops_at_signing,
        "company_says": lambda text: firm.say(text, lang),
        "links": firm.links,
    }


def _csrf_field() -> Markup:
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def _pages(app: Flask, demonstration: Demonstration | None) -> None:
    for room in (health, public, signin, my, staff, steps, devices, desk, studio, administration, operate, kept_views):
        app.register_blueprint(room.blueprint)
    for side in (customer, verifier):
        app.register_blueprint(side.blueprint)
    if demonstration:  # its module is not even imported elsewhere
        from webapp.demonstration.views import blueprint

        app.register_blueprint(blueprint)
