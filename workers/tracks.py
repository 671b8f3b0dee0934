"""Takes in what a media server writes while a call goes on, and clears it away: nothing plain outlives its call."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import file_digest
from pathlib import Path

from engine import recorded_tracks
from engine.recordings import NoConsent, RecordingFull
from engine.store import Store
from engine.tables import VideoCall
from engine.vault import KeyMissing

ENDING = ".mjr"
HEADER = 8
"""Bytes that Janus writes before the first packet: a seat that nothing ever reached leaves no more."""
MOST = 1024 * 1024
"""Of one file at one look: what has grown in a second or two is a tenth of that."""
AFTER = timedelta(seconds=3)
"""How long after its end a call's files are left to be closed."""
NEVER = (NoConsent, RecordingFull, KeyMissing)
"""Nobody agreed; there is enough of it; the case was shredded."""

_log = logging.getLogger("kaihu.relay")


@dataclass(frozen=True)
class Tracks:
    """`folder` holds one folder a call, named as the call is, with one file a track."""

    store: Store
    folder: Path

    def look(self) -> int:
        """Take in what has grown; how many pieces were kept. What cannot be kept now stays for the next look."""
        return sum(self._tried(path) for path in sorted(self.folder.iterdir()) if path.is_dir())

    def _tried(self, path: Path) -> int:
        """One bad folder stops no other: what went wrong with it is told, and it is looked at again."""
        try:
            return self._look_at(path)
        except Exception as wrong:
            _log.error("tracks of %s: %s", path.name, type(wrong).__name__)
            return 0

    def _look_at(self, path: Path) -> int:
        with self.store.read() as tx:
            call = tx.get(VideoCall, path.name)
        if call is None:
            _log.warning("%s is no call's: left as it is", path.name)
            return 0
        taken = sum(self._take(call, file) for file in _files(path))
        over = call.ended_at is not None and self.store.clock.now() - call.ended_at > AFTER
        if over and not taken and all(file.suffix == ENDING for file in path.iterdir()):
            self._clear(call, path)
        return taken

    def _clear(self, call: VideoCall, path: Path) -> None:
        """Only what was looked at goes: a file of another ending is still being written, and its folder stays."""
        files = list(_files(path))
        recorded_tracks.finish(self.store, call.id, {file.stem: _digest(file) for file in files})
        for file in files:
            file.unlink()
        path.rmdir()

    def _take(self, call: VideoCall, file: Path) -> bool:
        """Whether there was more of a file than is kept; what may never be kept counts as nothing, and is told."""
        with self.store.read() as tx:
            offset = recorded_tracks.kept(tx, call.id, file.stem).size
        with file.open("rb") as opened:
            opened.seek(offset)
            data = opened.read(MOST)
        if offset + len(data) <= HEADER:
            return False
        try:
            if data:
                recorded_tracks.take(self.store, call.id, file.stem, offset, data)
        except NEVER as wrong:
            _log.error("call %s, %s: %s", call.id, file.name, type(wrong).__name__)
            return False
        return bool(data)


def _files(path: Path) -> Iterator[Path]:
    return iter(sorted(path.glob(f"*{ENDING}")))


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
