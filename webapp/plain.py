"""What no text of a database can hold is turned away at the door: PostgreSQL knows no character zero."""

from __future__ import annotations

from itertools import chain

from flask import Flask, abort, request

ZERO = "\x00"


def guard(app: Flask) -> None:
    """An address with a zero in it is no page, a form with one in a short field is not read (typed text is cleaned)."""

    @app.before_request
    def refuse() -> None:
        if ZERO in request.path:
            abort(404)
        if any(ZERO in text for text in chain(request.form, chain.from_iterable(request.form.listvalues()))):
            abort(400)
