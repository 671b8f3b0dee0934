"""What a customer signs: one line of JSON that names the exact texts and the exact data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

KIND = "kaihu.statement.v1"


@dataclass(frozen=True)
class SignedDocument:
    """One agreement: where its text lies in the bundle, and the SHA-256 of its bytes."""

    path: str
    digest: str


@dataclass(frozen=True)
class Statement:
    """`version` is the hash of the bundle, `data` the digest of the data on the page, `nonce` the challenge's text."""

    case_number: str
    version: str
    documents: tuple[SignedDocument, ...]
    data: str
    at: datetime
    nonce: str

    def text(self) -> str:
        """Canonical JSON: what the browser signs, as UTF-8, and what the signature is checked against."""
        return canonical({**asdict(self), "at": self.at.isoformat(), "kind": KIND})


def document(path: str, content: bytes) -> SignedDocument:
    """The agreement with exactly this content."""
    return SignedDocument(path, hashlib.sha256(content).hexdigest())


def data_digest(data: Mapping[str, object]) -> str:
    """The SHA-256 of the data's canonical JSON."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with sorted keys, no spaces and no escapes that are not needed: one text for one value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def read_statement(text: str) -> Statement:
    """A statement from its text; ValueError when the text is not one."""
    raw: Any = json.loads(text)
    try:
        if raw.pop("kind") != KIND:
            raise ValueError("not a statement")
        documents = tuple(SignedDocument(**each) for each in raw.pop("documents"))
        statement = Statement(documents=documents, at=datetime.fromisoformat(raw.pop("at")), **raw)
    except (KeyError, TypeError, AttributeError):
        raise ValueError("not a statement") from None
    if statement.text() != text:
        raise ValueError("not canonical")
    return statement
