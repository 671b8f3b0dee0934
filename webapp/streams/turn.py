"""The relay (TURN) through which two browsers reach each other that cannot do so directly."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from webapp.house import settings

LIFE = timedelta(hours=1)
"""A call is over by then; coturn asks for the name again whenever an allocation is renewed."""


def ice_servers(case_id: str, now: datetime) -> list[dict[str, Any]]:
    """What the page of a call gives to RTCPeerConnection; empty without a relay: browsers then connect directly."""
    here = settings()
    if not here.turn_urls:
        return []
    name = f"{int((now + LIFE).timestamp())}:{case_id}"
    known = {"username": name, "credential": password(here.turn_secret, name)}
    return [{"urls": url, **({} if url.startswith("stun:") else known)} for url in here.turn_urls]


def password(secret: str, name: str) -> str:
    """The password of a name that holds its own end: what coturn calls `use-auth-secret`."""
    return base64.b64encode(hmac.new(secret.encode(), name.encode(), hashlib.sha1).digest()).decode()
