"""Whether the reader is there to call: what his open page says by itself."""

from __future__ import annotations

from contextlib import suppress

from engine import presence, video_queue
from engine.errors import Conflict, NoRoom, NotClaimed, Stale
from webapp.access import current_staff
from webapp.house import look_again, store

VERIFIER = "verifier"


def is_there() -> None:
    """A sign of life of a verifier's page, which also keeps his customer. One that could not be noted is no error."""
    if VERIFIER not in current_staff().roles:
        return
    with suppress(NoRoom, Conflict, NotClaimed, Stale):
        presence.beat(store(), current_staff().actor)
        video_queue.keep_call(store(), current_staff().actor)
    look_again()
