"""Sealing: AES-256-GCM (NIST SP 800-38D) whose additional data is the key id and the place of the value."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.vault.errors import Tampered
from engine.vault.keys import Keys, Purpose

FORMAT = 1
NONCE = 12


def seal_bytes(keys: Keys, purpose: Purpose, place: str, plain: bytes) -> bytes:
    """Seal for one place with the current key: format, length of key id, key id, nonce, ciphertext with tag."""
    name = keys.current.encode()
    nonce = os.urandom(NONCE)
    body = AESGCM(keys.key(purpose)).encrypt(nonce, plain, _about(keys.current, place))
    return bytes((FORMAT, len(name))) + name + nonce + body


def open_bytes(keys: Keys, purpose: Purpose, place: str, sealed: bytes) -> bytes:
    """Open what was sealed for this place, whichever key sealed it; Tampered when anything differs."""
    key_id = key_id_of(sealed)
    start = 2 + len(key_id.encode())
    nonce, body = sealed[start : start + NONCE], sealed[start + NONCE :]
    return unlock(keys.key(purpose, key_id), nonce, body, _about(key_id, place))


def unlock(key: bytes, nonce: bytes, body: bytes, about: bytes) -> bytes:
    """AES-GCM decryption whose only failure is Tampered."""
    try:
        return AESGCM(key).decrypt(nonce, body, about)
    except (InvalidTag, ValueError):
        raise Tampered from None


def key_id_of(sealed: bytes) -> str:
    """The id of the key that sealed these bytes, as they claim."""
    if len(sealed) < 2 or sealed[0] != FORMAT:
        raise Tampered("not sealed by this vault")
    try:
        return sealed[2 : 2 + sealed[1]].decode("ascii")
    except UnicodeDecodeError:
        raise Tampered("not sealed by this vault") from None


def _about(key_id: str, place: str) -> bytes:
    return f"{key_id}\x00{place}".encode()
