"""A secret that an installation shares with a server beside it: one line in a file that only its owner may read."""

from __future__ import annotations

import os
import re
from pathlib import Path

SECRET = re.compile(r"[\x21-\x7e]{16,512}")


class BadSecret(Exception):
    """The file cannot be used; the message says why, and never what is in it."""


def secret_in(path: Path, holds: str) -> str:
    """The secret in the file; `holds` says in the message what belongs there."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError as wrong:
        raise BadSecret(f"{path}: {wrong.strerror}; it holds {holds}, one line") from None
    with os.fdopen(descriptor, errors="replace") as file:
        mode = os.fstat(file.fileno()).st_mode & 0o777
        secret = file.read(1024).strip()
    if mode & 0o077:
        raise BadSecret(f"{path}: open to others (mode {mode:04o}); chmod 600 it")
    if not SECRET.fullmatch(secret):
        raise BadSecret(f"{path}: one line of 16 to 512 letters, digits and signs, without blanks")
    return secret
