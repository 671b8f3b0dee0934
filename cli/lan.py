"""Kaihu for the phones of one network: HTTPS under the addresses of this machine, with a certificate of its own making.

Without HTTPS a browser gives no page its camera, except on the machine itself.
"""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import segno

from cli.installation import Installation
from cli.lan_certificate import keep
from cli.part import WebServer

NOWHERE = ("192.0.2.1", 9)
"""A documentation address: the kernel says from where it would go there, and nothing is sent."""

WARNING = (
    "The browser warns once that it does not know this certificate: choose Advanced, then Proceed",
    "(on iPhones: Show Details, then visit this website).",
    "Whoever is in this network can open these pages: use it to try things, not for customers.",
)


class LanServer(WebServer):
    """The web part, on all addresses of the machine."""

    def values(self) -> dict[str, Any]:
        files = {"certfile": str(self.place.lan_certificate), "keyfile": str(self.place.lan_key)}
        return {**super().values(), "bind": f"0.0.0.0:{self.port}", **files}

    def load(self) -> Any:
        from cli.web import application, web_settings

        return application(self.place, replace(web_settings(self.place, behind_proxy=False), secure_cookies=True))


def prepare_lan(place: Installation) -> list[str]:
    """The addresses under which phones find this machine, once the certificate is there."""
    found = addresses()
    keep(place.lan_certificate, place.lan_key, found)
    return found


def addresses() -> list[str]:
    """This machine's IPv4 addresses, the one towards the network first."""
    try:
        named = [str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        named = []
    return [one for one in dict.fromkeys([*_towards_the_network(), *named]) if not one.startswith("127.")]


def _towards_the_network() -> Iterator[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
        except OSError:
            return
        yield str(probe.getsockname()[0])


def invitation(found: list[str], port: int) -> Iterator[str]:
    """What the terminal says: where phones go, a picture to point them at, and what their browser will say first."""
    if not found:
        yield "This machine is in no network: phones cannot reach it."
        return
    yield from (f"In this network: https://{one}:{port}/" for one in found)
    yield from _picture(f"https://{found[0]}:{port}/").splitlines()
    yield from WARNING


def _picture(address: str) -> str:
    drawn = io.StringIO()
    segno.make(address, error="m").terminal(out=drawn, compact=True)
    return drawn.getvalue()
