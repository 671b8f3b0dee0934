"""Blobs: sealed with a data key per owner, named by HMAC of owner and content, never overwritten by other content."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import obstore
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, ObjectStore
from sqlalchemy.orm import Session

from engine.errors import NoRoom
from engine.tables import CaseKey
from engine.vault.errors import KeyMissing, Tampered
from engine.vault.keys import Keys
from engine.vault.owners import data_key, make_data_key
from engine.vault.sealing import NONCE, unlock

FORMAT = b"\x01"
OWNER = re.compile(r"[A-Za-z0-9_-]{1,48}")
NAME = re.compile(r"[0-9a-f]{64}")
FULL = re.compile(r"os error (28|122)\b")  # ENOSPC, EDQUOT: obstore tells them only in its text


class BlobStore:
    """Photographs and documents. An owner is a case or a customer; whoever loses its key loses its blobs."""

    def __init__(self, keys: Keys, objects: ObjectStore, flush: Callable[[str], None] = lambda path: None) -> None:
        self.keys, self.objects, self.flush = keys, objects, flush

    def prepare(self, tx: Session, owner_id: str) -> None:
        """Make the owner's key: from then on his blobs can be put while nobody is kept from writing."""
        make_data_key(tx, self.keys, owner_id)

    def put(self, tx: Session, owner_id: str, data: bytes) -> str:
        """Store and name the data; the same data of one owner is stored once. NoRoom when the disk is full."""
        name = self._name(owner_id, data)
        path, key = _path(owner_id, name), make_data_key(tx, self.keys, owner_id)
        sealed = _seal(key, path, data)
        try:
            self._write(path, sealed, "create")
        except AlreadyExistsError:
            if not self._holds(key, path, data):  # left by a transaction that failed, with a key that is gone
                self._write(path, sealed, "overwrite")
        return name

    def get(self, tx: Session, owner_id: str, name: str) -> bytes:
        """The data of that name; KeyMissing when shredded or absent, Tampered when it is not what was put."""
        path = _path(owner_id, name)
        return _open(data_key(tx, self.keys, owner_id), path, self._read(path))

    def shred(self, tx: Session, owner_id: str) -> None:
        """Forget the owner's data key: from this commit on nobody can open his blobs."""
        row = tx.get(CaseKey, owner_id)
        if row is not None:
            tx.delete(row)
            tx.flush()

    def remove_shredded(self, tx: Session, owner_id: str) -> int:
        """Delete the files of an owner that has no key any more; call it after the commit of `shred`."""
        if tx.get(CaseKey, owner_id) is not None:
            raise ValueError("the owner still has a key")
        paths = self._paths(owner_id)
        obstore.delete(self.objects, paths)
        return len(paths)

    def remove(self, owner_id: str, names: Iterable[str]) -> int:
        """Delete these files of an owner who keeps his key and his other blobs; how many were still there."""
        there = sorted(set(self._paths(owner_id)) & {_path(owner_id, name) for name in names})
        obstore.delete(self.objects, there)
        return len(there)

    def _name(self, owner_id: str, data: bytes) -> str:
        _path(owner_id, "0" * 64)  # refuses an owner id that could not be a folder
        digest = hashlib.sha256(data).digest()
        return hmac.new(self.keys.key("name"), owner_id.encode() + b"\x00" + digest, hashlib.sha256).hexdigest()

    def _holds(self, key: bytes, path: str, data: bytes) -> bool:
        try:
            return hmac.compare_digest(_open(key, path, self._read(path)), data)
        except Tampered:
            return False

    def _read(self, path: str) -> bytes:
        try:
            return bytes(obstore.get(self.objects, path).bytes())
        except FileNotFoundError:
            raise KeyMissing(f"no blob {path}") from None

    def _write(self, path: str, sealed: bytes, mode: str) -> None:
        try:
            obstore.put(self.objects, path, sealed, mode="create" if mode == "create" else "overwrite")
            self.flush(path)
        except AlreadyExistsError:
            raise
        except (BaseError, OSError) as wrong:
            if FULL.search(str(wrong)) or getattr(wrong, "errno", None) in (28, 122):
                raise NoRoom from wrong
            raise

    def _paths(self, owner_id: str) -> list[str]:
        _path(owner_id, "0" * 64)
        return [entry["path"] for page in obstore.list(self.objects, prefix=owner_id) for entry in page]


def local_blobs(keys: Keys, folder: Path) -> BlobStore:
    """Blobs in a folder that only this user can enter; a put is on the disk before it is answered."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)

    def flush(path: str) -> None:  # obstore itself does not fsync
        for place in (folder / path, (folder / path).parent, folder):
            descriptor = os.open(place, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    return BlobStore(keys, LocalStore(folder), flush)


def _path(owner_id: str, name: str) -> str:
    if not OWNER.fullmatch(owner_id) or not NAME.fullmatch(name):
        raise ValueError("not the name of a blob")
    return f"{owner_id}/{name}"


def _seal(key: bytes, path: str, data: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return FORMAT + nonce + AESGCM(key).encrypt(nonce, data, path.encode())


def _open(key: bytes, path: str, sealed: bytes) -> bytes:
    if sealed[:1] != FORMAT:
        raise Tampered("not sealed by this vault")
    return unlock(key, sealed[1 : 1 + NONCE], sealed[1 + NONCE :], path.encode())
