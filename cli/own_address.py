"""Asking our own web part, on this machine: also under a certificate that only we know."""

from __future__ import annotations

import json
import ssl
import urllib.error
import urllib.request


def answers(address: str) -> bool:
    """Whether somebody serves pages there, whatever he says."""
    try:
        with urllib.request.urlopen(address, timeout=1, context=_ours(address)):  # noqa: S310  our own address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def state(address: str, patience: float) -> str:
    """What /healthz says there; what else was answered, or `nothing`."""
    try:
        with urllib.request.urlopen(address, timeout=patience, context=_ours(address)) as answer:  # noqa: S310
            return str(json.load(answer)["state"])
    except urllib.error.HTTPError as refused:
        return f"HTTP {refused.code}"
    except (OSError, ValueError, KeyError):
        return "nothing"


def _ours(address: str) -> ssl.SSLContext | None:
    """Nobody is between this machine and itself: its own certificate need not be believed."""
    if not address.startswith("https:"):
        return None
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context
