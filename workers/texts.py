"""Handing a text that belongs to no case to the gateway."""

from __future__ import annotations

import logging

from engine import texts
from workers.house import House

_log = logging.getLogger("kaihu.worker")


def deliver(house: House, text_id: str, attempt: int) -> None:
    """Send it, unless it is sent or too old. What the gateway does not take is tried again until it is too old."""
    outgoing = texts.to_send(house.store, text_id, attempt)
    if outgoing is None:
        _log.info("text %s-%s is not wanted any more", text_id, attempt)
        return
    try:
        house.sms.send(text_id, outgoing.phone, outgoing.text)
    except Exception as wrong:  # its message may hold the phone: the class says enough
        _log.error("text %s-%s was not taken by %s: %s", text_id, attempt, house.sms.name, type(wrong).__name__)
        texts.failed(house.store, text_id, attempt)
    else:
        texts.sent(house.store, text_id)
