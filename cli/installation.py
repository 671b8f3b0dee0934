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
