"""What a worker process must be told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.bundles import Known
    from engine.pki import CertificateAuthority

QUEUE = "kaihu"
READING = "reading"
"""The queue of the one worker that reads what stands on photographs: its models take half a gigabyte."""
FILMS = "films"
"""The queue of the one worker that makes films of calls: it may take as long as the call took."""
READ_IN = 45
"""Seconds that a case waits for the reader, twice; then it goes on without the text, as its diagram draws it."""


@dataclass(frozen=True)
class WorkerSettings:
    """`redis_url` may be a unix socket. `queue` tells installations apart that share a queue server.

    Without an `account_system_url` customers live in Kaihu's own database. `tracks`: where
    a media server records calls.
    """

    data_dir: Path
    database_url: str
    redis_url: str
    known: Known | None = None
    authority: CertificateAuthority | None = None
    queue: str = QUEUE
    account_system_url: str | None = None
    tracks: Path | None = None

    @property
    def key_file(self) -> Path:
        return self.data_dir / "keys.json"

    @property
    def blob_folder(self) -> Path:
        return self.data_dir / "blobs"
