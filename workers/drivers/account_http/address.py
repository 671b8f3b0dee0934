"""Where the company's account system answers, and the files that open it: the secret, and whom TLS trusts."""

from __future__ import annotations

import ipaddress
import re
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from workers.secret_file import BadSecret, secret_in

SECRET, AUTHORITIES = "account_system.secret", "account_system.ca.pem"
HOST = re.compile(r"[A-Za-z0-9._:-]{1,253}")
PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")


class NotSetUp(Exception):
    """The connector cannot be used as it is set up; the message says what is missing, and never the secret."""


@dataclass(frozen=True)
class Address:
    """The base address of the account system. `tls` is left out on this machine alone."""

    host: str
    port: int
    path: str
    tls: bool

    @classmethod
    def parse(cls, url: str) -> Address:
        """NotSetUp, with why, for an address that personal data must not be sent to."""
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            raise NotSetUp("ACCOUNT_SYSTEM_URL: the port is no number below 65536") from None
        wrong = _problem(parts)
        if wrong:
            raise NotSetUp(f"ACCOUNT_SYSTEM_URL: {wrong}")
        tls = parts.scheme == "https"
        return cls(str(parts.hostname), port or (443 if tls else 80), parts.path.rstrip("/"), tls)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{self.path}"


def _problem(parts: SplitResult) -> str:
    host = parts.hostname or ""
    rules = (
        (parts.scheme in ("https", "http"), "begins with https://"),
        (HOST.fullmatch(host) is not None, "needs the name of a host"),
        (parts.scheme == "https" or _is_loopback(host), "must be https; plain http is for 127.0.0.1 alone"),
        ("@" not in parts.netloc, f"holds no user or password; the secret lies in the file {SECRET}"),
        (not parts.query and not parts.fragment, "ends with its path: no ? and no #"),
        (PATH.fullmatch(parts.path.rstrip("/")) is not None, "the path has letters, digits and - . _ ~ only"),
    )
    return next((told for good, told in rules if not good), "")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def read_secret(folder: Path) -> str:
    """The secret in the data folder, read anew each time, so that it can be exchanged while Kaihu runs."""
    try:
        return secret_in(folder / SECRET, "the secret of the account system")
    except BadSecret as wrong:
        raise NotSetUp(str(wrong)) from None


def trust(folder: Path) -> ssl.SSLContext:
    """Whom to believe: the authorities in the data folder where there are any, else those of this machine."""
    own = folder / AUTHORITIES
    try:
        return ssl.create_default_context(cafile=str(own) if own.exists() else None)
    except (OSError, ssl.SSLError) as wrong:
        raise NotSetUp(f"{own}: holds no certificates in PEM ({type(wrong).__name__})") from None
