"""What is wrong with which device: the server's judgement of what a browser has measured.

A browser can report what it likes: this keeps an honest customer out of a call that would fail. Whether somebody is
there and shows his card is for the verifier's eyes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from webapp.devices.measured import Measures

ITEMS = ("browser", "camera", "microphone", "loudspeaker", "network", "connection")

DARK, EVEN = 16.0, 4.0
"""A picture (0-255) that is darker or more even than this shows nothing: a shutter, a finger, a sleeve."""
STILL = 0.005
"""Grey levels from one look to the next; the noise of a camera before an empty wall is ten times that."""
SILENT = 0.004
"""Loudness of the loudest tenth of a second, of 1; a dead microphone has 0, quiet speech 0.01."""
SLOW_ANSWER_MS, SLOW_UPLOAD_KBIT = 1500.0, 256.0

DENIED = frozenset({"NotAllowedError", "PermissionDeniedError", "SecurityError"})
MISSING = frozenset({"NotFoundError", "DevicesNotFoundError", "OverconstrainedError"})
IN_USE = frozenset({"NotReadableError", "TrackStartError", "AbortError"})


@dataclass(frozen=True)
class Demands:
    """What this check is held against: the digits that were spoken, and what this installation has."""

    code: str
    relay: bool
    may_simulate: bool


def faults(found: Measures, demands: Demands) -> dict[str, str]:
    """A fault by its device; empty when all is well."""
    judged = {item: judge(found, demands) for item, judge in JUDGES.items()}
    return {item: fault for item, fault in judged.items() if fault}


def _browser(found: Measures, demands: Demands) -> str:
    return "" if found.secure else "insecure"


def _camera(found: Measures, demands: Demands) -> str:
    if found.simulated and not demands.may_simulate:
        return "simulated"
    if found.camera_error:
        return _failure(found.camera_error)
    if found.brightness < DARK or found.deviation < EVEN:
        return "black"
    return "still" if found.motion < STILL else ""


def _microphone(found: Measures, demands: Demands) -> str:
    if found.microphone_error:
        return _failure(found.microphone_error)
    return "silent" if found.level < SILENT else ""


def _loudspeaker(found: Measures, demands: Demands) -> str:
    """Nothing is heard of a simulated device; a demonstration on a machine without sound goes on."""
    if found.simulated and demands.may_simulate:
        return ""
    if not found.typed:
        return "unheard"
    return "" if found.typed == demands.code else "wrong"


def _network(found: Measures, demands: Demands) -> str:
    slow = found.answer_ms > SLOW_ANSWER_MS or found.upload_kbit < SLOW_UPLOAD_KBIT
    return "slow" if slow else ""


def _connection(found: Measures, demands: Demands) -> str:
    if demands.relay:
        return "" if found.way == "relayed" else "no_relay"
    return "none" if found.way == "none" else ""


def _failure(name: str) -> str:
    if name in DENIED:
        return "denied"
    if name in MISSING:
        return "missing"
    return "in_use" if name in IN_USE else "failed"


JUDGES: Mapping[str, Callable[[Measures, Demands], str]] = {
    "browser": _browser,
    "camera": _camera,
    "microphone": _microphone,
    "loudspeaker": _loudspeaker,
    "network": _network,
    "connection": _connection,
}
