"""Who opened a recording may watch it for an hour: a ticket that only his own look, written down, gives out."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from flask import request

from engine import watching
from engine.clock import SHANGHAI
from engine.tables import VideoCall
from webapp.access import current_staff
from webapp.house import clock, look_again, store, vault

LASTS = timedelta(hours=1)


def opened(call: VideoCall, reason: str = "") -> str:
    """Write the look down, with the reason of who has no claim; the ticket for it."""
    if reason:
        watching.watch(store(), call, current_staff().actor, reason)
    else:
        watching.look(store(), call, current_staff().actor)
    look_again()
    until = str(int((clock().now() + LASTS).timestamp()))
    return f"{until}.{_sign(call.id, until)}"


def shown() -> str:
    """The ticket that this request shows, whatever it is worth."""
    return request.args.get("opening", "")


def opened_at(call: VideoCall) -> datetime | None:
    """When the reader opened this call, by the ticket that this request shows; None without one that still lasts."""
    until, _, mac = shown().partition(".")
    lasts = until.isdecimal() and len(until) < 12 and int(until) > clock().now().timestamp()
    if not lasts or not hmac.compare_digest(mac.encode(), _sign(call.id, until).encode()):
        return None
    return datetime.fromtimestamp(int(until), SHANGHAI) - LASTS


def _sign(call_id: str, until: str) -> str:
    return vault().mac("\n".join(("film", call_id, current_staff().id, until)).encode())
