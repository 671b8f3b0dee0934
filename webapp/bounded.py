"""Bounds that a process of its own puts on itself, before it reads anything that somebody else has drawn."""

from __future__ import annotations

MEMORY, PROCESSOR = 1024**3, 120
"""Bytes and seconds, after which the system itself ends it."""


def bounded(processor: int = PROCESSOR) -> None:
    """From here on; what was asked for before counts too."""
    try:
        import resource
    except ImportError:  # Windows: the server's own time limit is all there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
