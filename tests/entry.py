"""The tests' own way to start the product: `kaihu up`, with parts that are told what the product's are not.

A module that starts so is run as `python -m MODULE up` and `python -m MODULE part NAME`.
"""

from __future__ import annotations

import sys

from cli.installation import Installation, installation
from cli.one_start import one_start
from cli.preparing import prepare
from cli.supervisor import Part
from cli.up import run, say


def start(module: str, data: str, port: int, *words: str) -> None:
    """A demonstration under the product's own supervisor, until it is told to stop; each part is told `words` too."""
    place = installation(data)
    place.prepare()

    def part(name: str, place: Installation, port: int, queue: str, _: bool) -> Part:
        command = [sys.executable, "-m", module, "part", name, "--data", str(place.data), "--port", str(port), *words]
        return Part(name, command, place.logs / f"{name}.log", {"REDIS_URL": queue, "DATABASE_URL": place.database_url})

    with one_start(place.lock):
        prepare(place, demonstration=True, say=say).db.dispose()
        run(place, port, False, part)
