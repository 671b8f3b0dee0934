"""What the composition root is told; nothing below it reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from argon2 import PasswordHasher

from engine.clock import Clock, SystemClock
from engine.ids import Ids, RandomIds
from engine.room import Statvfs
from engine.staff import HASHER


@dataclass(frozen=True)
class Limits:
    """Limits on trying (G15), all counted in SQL."""

    code_again: timedelta = timedelta(seconds=60)
    code_life: timedelta = timedelta(minutes=5)
    code_tries: int = 5
    codes_a_day: int = 5
    codes_an_hour_by_address: int = 60
    pictures_an_hour_by_address: int = 600
    picture_life: timedelta = timedelta(minutes=10)
    staff_tries: int = 5
    staff_tries_by_address: int = 50
    staff_window: timedelta = timedelta(minutes=15)


@dataclass(frozen=True)
class WebSettings:
    """The data folder holds the key file, the blobs and the beats of the parts; no `redis_url`: there is no queue.

    `streams`: how many event streams one process holds, well under its threads. `turn_urls` name the relay of calls.
    `call_engine`: peer | janus carries new calls; `janus_recordings` is the folder in which Janus writes.
    """

    database_url: str
    data_dir: Path
    redis_url: str | None = None
    secure_cookies: bool = True
    clock: Clock = field(default_factory=SystemClock)
    ids: Ids = field(default_factory=RandomIds)
    limits: Limits = field(default_factory=Limits)
    trusted_proxies: int = 0
    requests_a_minute: int = 1200
    streams: int = 32
    turn_urls: tuple[str, ...] = ()
    turn_secret: str = ""
    call_engine: str = "peer"
    janus_url: str = ""
    janus_secret: str = ""
    janus_recordings: Path = Path()
    statvfs: Statvfs = os.statvfs
    hasher: PasswordHasher = HASHER

    @property
    def key_file(self) -> Path:
        return self.data_dir / "keys.json"

    @property
    def blob_folder(self) -> Path:
        return self.data_dir / "blobs"
