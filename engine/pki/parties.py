"""Who stands before us, and what his browser hands over."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Party:
    """The investor of a case, as the account system knows him."""

    customer_id: str
    case_id: str
    name: str
    id_number: str


@dataclass(frozen=True)
class Proof:
    """A signature for one challenge. `certificate` is the PEM that the browser holds; nothing while it installs one."""

    challenge_id: str
    signature: str
    certificate: str = ""
