"""Content-Digest (RFC 9530): what a script says that it has sent is what has arrived."""

from __future__ import annotations

import base64
import hmac
import re
from hashlib import sha256

from flask import request

_SHA256 = re.compile(r"(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):")


def sent_whole(data: bytes) -> bool:
    """Whether the body has the digest that its header names; false without one."""
    named = _SHA256.search(request.headers.get("Content-Digest", ""))
    return named is not None and hmac.compare_digest(base64.b64decode(named[1]), sha256(data).digest())
