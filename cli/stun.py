"""One question that every TURN server answers without being asked for a name: from where do you see me? (RFC 8489)"""

from __future__ import annotations

import os
import socket
import ssl
import struct

from cli.turn import RelayAddress

COOKIE = 0x2112A442
BINDING, ANSWERED = 0x0001, 0x0101
HEADER = struct.Struct("!HHI12s")
TRIES = 3


def answers(address: RelayAddress, patience: float) -> bool:
    """Whether the relay answers on this way; OSError says why not."""
    ask = HEADER.pack(BINDING, 0, COOKIE, number := os.urandom(12))
    said = _by_udp(address, ask, patience) if address.transport == "udp" else _by_tcp(address, ask, patience)
    kind, _, cookie, of = HEADER.unpack(said[: HEADER.size].ljust(HEADER.size, b"\0"))
    return (kind, cookie, of) == (ANSWERED, COOKIE, number)


def _by_udp(address: RelayAddress, ask: bytes, patience: float) -> bytes:
    """A datagram may be lost: it is sent again."""
    family, kind, proto, _, there = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind, proto) as way:
        way.settimeout(patience / TRIES)
        way.connect(there)
        for _ in range(TRIES):
            way.send(ask)
            try:
                return way.recv(2048)
            except TimeoutError:
                continue
    raise TimeoutError("no answer")


def _by_tcp(address: RelayAddress, ask: bytes, patience: float) -> bytes:
    with socket.create_connection((address.host, address.port), patience) as plain:
        if not address.tls:
            return _asked(plain, ask)
        with ssl.create_default_context().wrap_socket(plain, server_hostname=address.host) as way:
            return _asked(way, ask)


def _asked(way: socket.socket, ask: bytes) -> bytes:
    way.sendall(ask)
    return way.recv(2048)
