"""The web application of an installation, put together."""

from __future__ import annotations

from functools import partial

from flask import Flask

from cli.authority import authority_of
from cli.installation import Installation
from cli.store import company_of, store_of
from engine.accounts import LocalAccountSystem
from webapp.app import create_app
from webapp.demonstration.people import Demonstration
from webapp.settings import WebSettings
from workers.drivers.account_http import account_system


def web_application(place: Installation, *, behind_proxy: bool = False) -> Flask:
    """Over plain HTTP on this machine, or behind a proxy that speaks HTTPS to the world."""
    settings = WebSettings(
        database_url=place.database_url,
        data_dir=place.data,
        redis_url=place.redis_url,
        secure_cookies=behind_proxy,
        trusted_proxies=1 if behind_proxy else 0,
    )
    demonstration = demonstration_of(place)
    authority = authority_of(place, demonstration=demonstration is not None)
    accounts = partial(account_system, url=place.account_system_url, folder=place.data)
    return create_app(settings, accounts=accounts, authority=authority, demonstration=demonstration)


def demonstration_of(place: Installation) -> Demonstration | None:
    """The sample people, when this folder holds a demonstration."""
    company = company_of(place)
    if not company.demonstration:
        return None
    from cli.demonstration.panel import Panel

    return Panel(LocalAccountSystem(store_of(place)), company.account_types[0])
