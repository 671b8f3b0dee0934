"""Where an installation keeps its things, and how its parts find them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Installation:
    """One data folder and what lies in it. DATABASE_URL and REDIS_URL name servers in place of the embedded ones."""

    data: Path

    @property
    def database_url(self) -> str:
        return os.environ.get("DATABASE_URL") or f"sqlite:///{self.data / 'kaihu.db'}"

    @property
    def redis_url(self) -> str | None:
        return os.environ.get("REDIS_URL") or None

    @property
    def account_system_url(self) -> str | None:
        """Where the company's own account system answers; without it customers live in Kaihu's database."""
        return os.environ.get("ACCOUNT_SYSTEM_URL") or None

    @property
    def turn_urls(self) -> tuple[str, ...]:
        """The ways to the relay of calls, apart by blanks or commas; none: browsers connect directly or not at all."""
        return tuple((os.environ.get("TURN_URLS") or "").replace(",", " ").split())

    @property
    def turn_secret(self) -> Path:
        return self.data / "turn.secret"

    @property
    def call_engine(self) -> str:
        """What carries new calls."""
        return os.environ.get("CALL_ENGINE") or "peer"

    @property
    def janus_url(self) -> str:
        return os.environ.get("JANUS_URL") or ""

    @property
    def janus_recordings(self) -> str:
        """The folder in which Janus writes while a call goes on."""
        return os.environ.get("JANUS_RECORDINGS") or ""

    @property
    def janus_secret(self) -> Path:
        return self.data / "janus.secret"

    @property
    def lan_certificate(self) -> Path:
        return self.data / "lan.crt"

    @property
    def lan_key(self) -> Path:
        return self.data / "lan.key"

    @property
    def keys(self) -> Path:
        return self.data / "keys.json"

    @property
    def lock(self) -> Path:
        return self.data / "kaihu.lock"

    @property
    def running(self) -> Path:
        return self.data / "running.json"

    @property
    def logs(self) -> Path:
        return self.data / "logs"

    def prepare(self) -> None:
        """Make the folders; only their owner may look in."""
        for folder in (self.data, self.logs):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def installation(data: str | None = None) -> Installation:
    """The installation in `data`, else in KAIHU_DATA, else in ./data."""
    return Installation(Path(data or os.environ.get("KAIHU_DATA") or "data").resolve())
