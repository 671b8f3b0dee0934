"""The relay of calls as an installation names it: TURN_URLS, and in the data folder the secret that coturn has too."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import click

from cli.installation import Installation
from workers.secret_file import BadSecret, secret_in

URL = re.compile(r"(stun|turn|turns):([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?")
PORTS = {"stun": 3478, "turn": 3478, "turns": 5349}


class BadRelay(click.ClickException):
    """What is set up for the relay cannot be used; the message says what is missing, and never the secret."""


@dataclass(frozen=True)
class RelayAddress:
    """One way to the relay."""

    url: str
    host: str
    port: int
    transport: str
    tls: bool

    @classmethod
    def parse(cls, url: str) -> RelayAddress:
        found = URL.fullmatch(url)
        if found is None:
            raise BadRelay(f"TURN_URLS: {url} is no address like turn:relay.example.com:3478?transport=udp")
        scheme, host, port, transport = found.groups()
        tls = scheme == "turns"
        return cls(url, host.strip("[]"), int(port or PORTS[scheme]), transport or ("tcp" if tls else "udp"), tls)


@dataclass(frozen=True)
class CallRelay:
    """`secret` is coturn's `static-auth-secret`."""

    addresses: tuple[RelayAddress, ...] = ()
    secret: str = ""

    @property
    def urls(self) -> tuple[str, ...]:
        return tuple(one.url for one in self.addresses)


def call_relay(place: Installation) -> CallRelay:
    """The relay of this installation, empty without one; BadRelay when it is set up halfway."""
    addresses = tuple(RelayAddress.parse(url) for url in place.turn_urls)
    return CallRelay(addresses, _secret(place.turn_secret)) if addresses else CallRelay()


def _secret(path: Path) -> str:
    try:
        return secret_in(path, "coturn's static-auth-secret")
    except BadSecret as wrong:
        raise BadRelay(str(wrong)) from None
