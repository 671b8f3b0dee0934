"""Who gives a command: whoever has the machine may; the record keeps under which name."""

from __future__ import annotations

from getpass import getuser

from engine.actors import Actor


def operator(by: str | None = None) -> Actor:
    """By the name that he gives, else that of his account on this machine."""
    name = (by or account())[:32]
    return Actor("system", name, name)


def account() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # a container without a user database
        return "operator"
