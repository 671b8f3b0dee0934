"""What cannot be read is turned away at the door: a host that is no name, a character that PostgreSQL does not know."""

from __future__ import annotations

from itertools import chain

from flask import Flask, Response, abort, request
from werkzeug.exceptions import BadHost

from webapp.language import words as _

ZERO = "\x00"


def guard_host(app: Flask) -> None:
    """Under a host that is no name no link can be made, so that its refusal is a bare sentence. Stands first."""

    @app.before_request
    def refuse_host() -> Response | None:
        nameless = isinstance(request.routing_exception, BadHost)
        return Response(_("这不是本网站的网址，请核对后重新输入。"), 400, mimetype="text/plain") if nameless else None


def guard(app: Flask) -> None:
    """An address with a zero in it is no page, a form with one in a short field is not read (typed text is cleaned)."""

    @app.before_request
    def refuse() -> None:
        if ZERO in request.path:
            abort(404)
        if any(ZERO in text for text in chain(request.form, chain.from_iterable(request.form.listvalues()))):
            abort(400)
