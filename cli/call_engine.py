"""What carries calls, as an installation names it: CALL_ENGINE, and for Janus where it answers and where it writes."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import click

from cli.installation import Installation
from engine.calls import JANUS, PEER
from workers.secret_file import BadSecret, secret_in

URL = re.compile(r"http://(127\.\d+\.\d+\.\d+|\[::1\]|localhost):\d{1,5}(/[\w./-]*)?", re.ASCII)


class BadEngine(click.ClickException):
    """What is set up for calls cannot be used; the message says what is missing."""


@dataclass(frozen=True)
class CallEngine:
    """`name` carries new calls. Where Janus is named beside peer, it carries those of its calls that still go on."""

    name: str = PEER
    url: str = ""
    secret: str = ""
    recordings: Path | None = None


def call_engine(place: Installation) -> CallEngine:
    """The engine of this installation; BadEngine when it is set up halfway."""
    name = place.call_engine
    if name not in (PEER, JANUS):
        raise BadEngine(f"CALL_ENGINE: {name} is neither {PEER} nor {JANUS}")
    named = {"JANUS_URL": place.janus_url, "JANUS_RECORDINGS": place.janus_recordings}
    missing = [variable for variable, value in named.items() if not value]
    if len(missing) == len(named) and name == PEER:
        return CallEngine()
    if missing:
        raise BadEngine(f"{' and '.join(missing)}: missing, Janus needs both (docs/video.md)")
    return CallEngine(name, _url(place.janus_url), _secret(place.janus_secret), _folder(Path(place.janus_recordings)))


def _url(url: str) -> str:
    """Its interface speaks plain HTTP and may do anything with any call: it is reached on this machine only."""
    if not URL.fullmatch(url):
        raise BadEngine(f"JANUS_URL: {url} is no address of this machine like http://127.0.0.1:8088/janus")
    return url


def _secret(path: Path) -> str:
    try:
        return secret_in(path, "Janus' api_secret")
    except BadSecret as wrong:
        raise BadEngine(str(wrong)) from None


def _folder(path: Path) -> Path:
    """Faces and voices lie there while a call goes on."""
    if not path.is_absolute() or not path.is_dir():
        raise BadEngine(f"JANUS_RECORDINGS: {path} is no folder with its whole path")
    if path.stat().st_mode & 0o007:
        raise BadEngine(f"JANUS_RECORDINGS: {path} is open to everybody; chmod 700 it")
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise BadEngine(f"JANUS_RECORDINGS: {path} may not be read and cleared by this user; let Janus run as the same")
    return path
