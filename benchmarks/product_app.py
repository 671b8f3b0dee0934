"""The product, as its own command serves it, over a benchmark's folder."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from webapp.app import create_app
from webapp.settings import WebSettings

PLENTY = 10_000_000


def application(database_url: str, folder: str, redis_url: str = "") -> Flask:
    """The WSGI application. One client asks more often than any person: the limit is counted and never reached."""
    return create_app(
        WebSettings(
            database_url, Path(folder), redis_url=redis_url or None, secure_cookies=False, requests_a_minute=PLENTY
        )
    )
