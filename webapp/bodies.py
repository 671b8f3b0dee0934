"""How large a body is read, and of whom: before anything else looks into it, and before it lies on a disk."""

from __future__ import annotations

from flask import Flask, abort, request

from webapp import sessions

MEGABYTE = 1024 * 1024
LARGEST = 96 * MEGABYTE
"""Four photographs of 20 MB in one form of somebody who has no JavaScript, and what else stands in it."""
OF_A_STRANGER = MEGABYTE


def guard(app: Flask) -> None:
    """Files are sent by people who were let in: a stranger's body is no larger than a form."""

    @app.before_request
    def small_for_strangers() -> None:
        if request.method in ("POST", "PUT") and not sessions.has_been_here():
            request.max_content_length = min(request.max_content_length or LARGEST, OF_A_STRANGER)


def raw(largest: int) -> bytes:
    """A body that is no form; one that is longer than that is not read to its end: 413."""
    data = request.stream.read(largest + 1)
    return data if len(data) <= largest else abort(413)
