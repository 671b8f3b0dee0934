"""The key file: one JSON document, mode 0600, made once and kept apart from the database and its backups."""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from pathlib import Path
from typing import cast

from engine.vault.errors import KeyMissing
from engine.vault.keys import LENGTH, Keys

FIRST = "k1"


def make_keys(path: Path) -> Keys:
    """Make a key file with one fresh master; FileExistsError rather than ever replacing one."""
    keys = Keys(FIRST, FIRST, {FIRST: secrets.token_bytes(LENGTH)})
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, keys)
    return keys


def load_keys(path: Path) -> Keys:
    """The keys of a file; KeyMissing when it is absent, unreadable or open to others."""
    text = _read_private(path)
    try:
        document = cast("dict[str, object]", json.loads(text))
        masters = cast("dict[str, str]", document["keys"])
        opened = {key_id: base64.b64decode(value, validate=True) for key_id, value in masters.items()}
        return Keys(str(document["current"]), str(document["audit"]), opened)
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as wrong:
        raise KeyMissing(f"{path}: not a key file ({type(wrong).__name__})") from None


def add_key(path: Path) -> Keys:
    """Add a fresh master and make it the current one; the old ones stay, to open what they sealed."""
    keys = load_keys(path)
    key_id = f"k{1 + max(int(name[1:]) for name in keys.masters)}"
    wider = Keys(key_id, keys.audit, {**keys.masters, key_id: secrets.token_bytes(LENGTH)})
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    _write(beside, wider)
    beside.replace(path)
    _flush_folder(path.parent)
    return wider


def _read_private(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError as wrong:
        raise KeyMissing(f"{path}: {wrong.strerror}; restore the key file from its own backup") from None
    with os.fdopen(descriptor) as file:
        about = os.fstat(file.fileno())
        if about.st_mode & 0o077:
            raise KeyMissing(f"{path}: open to others (mode {about.st_mode & 0o777:04o}); chmod 600 it")
        if about.st_uid != os.geteuid():
            raise KeyMissing(f"{path}: belongs to another user")
        return file.read()


def _write(path: Path, keys: Keys) -> None:
    text = json.dumps({"current": keys.current, "audit": keys.audit, "keys": _encoded(keys)}, indent=2)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())
    _flush_folder(path.parent)


def _encoded(keys: Keys) -> dict[str, str]:
    return {key_id: base64.b64encode(master).decode() for key_id, master in keys.masters.items()}


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
