"""The files of an upload, read under a limit."""

from __future__ import annotations

from flask import request

from engine.bundles.faults import FAULTS
from engine.bundles.files import MAX_FILES, MAX_TOTAL
from engine.bundles.received import NotReceived

FIELD = "files"
LARGEST = MAX_TOTAL // (1024 * 1024)
"""MB of an upload, as pages say it."""


def uploads() -> list[tuple[str, bytes]]:
    """Name and content of every file that was chosen; raises NotReceived for more than is taken."""
    chosen = [one for one in request.files.getlist(FIELD) if one.filename]
    read = [(one.filename or "", one.stream.read(MAX_TOTAL + 1)) for one in chosen[: MAX_FILES + 1]]
    if len(read) > MAX_FILES or sum(len(data) for _, data in read) > MAX_TOTAL:
        raise NotReceived(FAULTS.found("upload.size", "", files=str(MAX_FILES), size=str(LARGEST)))
    return read
