"""The desks: the queue of a role and branch, the case in the middle, the decision on the right."""

from webapp.desk import (
    calling,
    claiming,
    commenting,
    deciding,
    photos,
    playback,
    recording,
    stills,
    supervising,
    watching,
)
from webapp.desk.views import blueprint

__all__ = [
    "blueprint",
    "calling",
    "claiming",
    "commenting",
    "deciding",
    "photos",
    "playback",
    "recording",
    "stills",
    "supervising",
    "watching",
]
