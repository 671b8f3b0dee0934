"""A scenario that is not yet a file of its version is played as if it were."""

from __future__ import annotations

from dataclasses import replace

from engine.bundles.lint.scenarios import scenarios
from engine.scenarios.bounds import Bounds
from engine.scenarios.running import Played, play_one
from engine.scenarios.sandbox import Sandbox


def play_text(sandbox: Sandbox, file: str, text: bytes, bounds: Bounds) -> Played:
    """What the rules say of it, or else what came of playing it."""
    before = sandbox.bundle
    sandbox.bundle = replace(before, files={**before.files, file: text})
    try:
        found = [one for one in scenarios(sandbox.bundle, sandbox.known) if one.file == file]
        return Played(file, file, tuple(found)) if found else play_one(sandbox, file, bounds)
    finally:
        sandbox.bundle = before
