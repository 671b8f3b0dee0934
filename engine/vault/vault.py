"""The vault: what a person must not read in a stolen database or folder is sealed here, and only here."""

from __future__ import annotations

import hmac
import json
from pathlib import Path

from engine.vault.blobs import BlobStore, local_blobs
from engine.vault.errors import Tampered
from engine.vault.keyfile import load_keys
from engine.vault.keys import Keys
from engine.vault.sealing import open_bytes, seal_bytes


class Vault:
    """Seals fields, indexes what must be found exactly, keeps blobs, and signs the audit chain.

    `field` is `<table>.<column>` of the place where the value lies: what was sealed for one does not open in another.
    """

    def __init__(self, keys: Keys, blobs: BlobStore) -> None:
        self.keys, self.blobs = keys, blobs

    def seal(self, field: str, text: str) -> bytes:
        return seal_bytes(self.keys, "seal", field, text.encode())

    def open(self, field: str, sealed: bytes) -> str:
        """The sealed text; Tampered when it was sealed elsewhere or changed."""
        return open_bytes(self.keys, "seal", field, bytes(sealed)).decode()

    def seal_json(self, field: str, value: object) -> bytes:
        return self.seal(field, json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def open_json(self, field: str, sealed: bytes) -> object:
        try:
            return json.loads(self.open(field, sealed))
        except json.JSONDecodeError:
            raise Tampered("the sealed text is not JSON") from None

    def index(self, field: str, text: str) -> str:
        """The blind index under the current key: equal texts of one field, and only they, have equal indexes."""
        return _index(self.keys.key("index"), field, text)

    def indexes(self, field: str, text: str) -> tuple[str, ...]:
        """The index under every key, current first: look up by these, so that a new key loses nobody."""
        return tuple(_index(self.keys.key("index", key_id), field, text) for key_id in self.keys.ids())

    def mac(self, data: bytes) -> str:
        """HMAC-SHA256 under the audit key, which never changes, in hexadecimal."""
        return hmac.digest(self.keys.key("audit", self.keys.audit), data, "sha256").hex()


def open_vault(key_file: Path, blob_folder: Path) -> Vault:
    """The vault of one data folder; KeyMissing when the key file is not fit to be used."""
    keys = load_keys(key_file)
    return Vault(keys, local_blobs(keys, blob_folder))


def _index(key: bytes, field: str, text: str) -> str:
    normal = "".join(text.split()).upper()
    return hmac.digest(key, f"{field}\x00{normal}".encode(), "sha256").hex()
