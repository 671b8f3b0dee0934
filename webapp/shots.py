"""A still as the customer's browser sends it: the JPEG as the body, its kind and the command for it in the address."""

from __future__ import annotations

import re
from hmac import compare_digest

from flask import request
from flask.typing import ResponseReturnValue as Page

from engine import stills
from engine.errors import Refused
from engine.stills import KINDS, Shot
from webapp import bodies
from webapp.digests import sent_whole
from webapp.house import store, vault
from webapp.jpegs import size_of
from webapp.language import words as _
from webapp.told import not_whole, refusal, refused

LARGEST = 8 * 1024 * 1024
NONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")


def warrant(call_id: str, kind: str, nonce: str) -> str:
    """Vouches that the verifier of this call asked for this picture: it goes with his command and comes back."""
    return vault().index("call_stills.warrant", "\n".join((call_id, kind, nonce)))


def take(call_id: str) -> Page:
    """Keep it: 201 with its id, the same for the same picture sent again.

    One that nobody asked for is refused: of each kind the newest counts, and it is the one that the verifier has seen.
    """
    data = bodies.raw(LARGEST)
    if not data or not sent_whole(data):
        return not_whole()
    kind = next((one for one in KINDS if one == request.args.get("kind")), None)
    nonce, size = request.args.get("nonce", ""), size_of(data)
    if kind is None or not NONCE.fullmatch(nonce) or size is None:
        return refused("picture", _("这不是可用的照片，请重新拍摄。"), 422)
    if not compare_digest(request.args.get("warrant", ""), warrant(call_id, kind, nonce)):
        return refused("unasked", _("视频验证人员没有要求拍这张照片。"), 409)
    try:
        return {"still": stills.add(store(), call_id, Shot(kind, "investor", nonce, data, *size))}, 201
    except Refused as wrong:
        return refusal(wrong)
