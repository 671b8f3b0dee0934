"""The web application of an installation, put together."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from flask import Flask

from cli.authority import authority_of
from cli.call_engine import call_engine
from cli.installation import Installation
from cli.store import company_of, store_of
from cli.turn import call_relay
from engine.accounts import LocalAccountSystem
from webapp.app import create_app
from webapp.demonstration.people import Demonstration
from webapp.settings import WebSettings
from workers.drivers.account_http import account_system


def web_application(place: Installation, *, behind_proxy: bool = False) -> Flask:
    """Over plain HTTP on this machine, or behind a proxy that speaks HTTPS to the world."""
    return application(place, web_settings(place, behind_proxy))


def web_settings(place: Installation, behind_proxy: bool) -> WebSettings:
    relay, engine = call_relay(place), call_engine(place)
    return WebSettings(
        database_url=place.database_url,
        data_dir=place.data,
        redis_url=place.redis_url,
        secure_cookies=behind_proxy,
        trusted_proxies=1 if behind_proxy else 0,
        turn_urls=relay.urls,
        turn_secret=relay.secret,
        call_engine=engine.name,
        janus_url=engine.url,
        janus_secret=engine.secret,
        janus_recordings=engine.recordings or Path(),
    )


def application(place: Installation, settings: WebSettings) -> Flask:
    """The same with settings of a part's own."""
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
