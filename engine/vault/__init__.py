"""The vault: keys, sealing, blind indexes and blobs."""

from engine.vault.blobs import BlobStore, local_blobs
from engine.vault.errors import KeyMissing, Tampered, VaultError
from engine.vault.keyfile import add_key, load_keys, make_keys
from engine.vault.keys import Keys
from engine.vault.rekey import Rekeyed, rekey
from engine.vault.vault import Vault, open_vault

__all__ = [
    "BlobStore", "KeyMissing", "Keys", "Rekeyed", "Tampered", "Vault", "VaultError", "add_key", "load_keys",
    "local_blobs", "make_keys", "open_vault", "rekey",
]  # fmt: skip
