"""Thousands of changed businesses: each refused in words or loaded, within a second, and nothing is run or reached.

An audit hook of Python hears of it: a file that is opened, a program, a connection, code that is compiled.
"""

from __future__ import annotations

import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import process_time
from types import FrameType

from engine.bundles import BadBundle, Bundle, Known, load_files
from engine.bundles.differences import differences
from engine.bundles.drawings import readable
from tests.fuzz.business_mutations import mutated

SECONDS = 1.0
"""Of work for one file."""

LOOKS = 3
"""At one that seems slow: a neighbour of the machine only ever adds to the time, so the least is the truest."""

STALLS = 10
"""Seconds by the wall's clock after which a file counts as one that never ends."""

FORBIDDEN = (
    "open",
    "compile",
    "exec",
    "socket.",
    "subprocess.",
    "os.",
    "shutil.",
    "urllib.",
    "ctypes.",
    "pty.",
    "ftplib.",
)
REFUSED, LOADED = "refused", "loaded"


@dataclass(frozen=True)
class Business:
    id: str
    files: Mapping[str, bytes]
    known: Known


@dataclass
class Swept:
    """`broken` says of each file that broke the promise what it did, by number and path."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    broken: list[str] = field(default_factory=list)

    def told(self) -> str:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(self.outcomes.items()))
        return f"{kinds}; slowest {self.slowest:.2f} s; broken {len(self.broken)}"


def sweep(business: Business, seed: int, numbers: range) -> Swept:
    """Change, read, draw and compare; what is sound is read once before, so that everything is imported."""
    sound = load_files(business.files, business.id, business.known)
    look(business, sound, {**business.files})
    swept = Swept()
    for number in numbers:
        path, data = mutated(business.files, seed, number)
        changed = {**business.files, path: data}
        wrong, outcome, spent = _timed(lambda changed=changed: look(business, sound, changed))
        swept.slowest = max(swept.slowest, spent)
        swept.outcomes[outcome] += 1
        wrong += [f"{spent:.2f} s of work"] if spent > SECONDS else []
        swept.broken += [f"{seed}/{number} {path}: {each}" for each in wrong]
    return swept


def look(business: Business, sound: Bundle, files: Mapping[str, bytes]) -> str:
    """What the studio does with files that are handed in: checked, drawn, compared."""
    readable(files, business.id)
    try:
        bundle = load_files(files, business.id, business.known)
    except BadBundle as refused:
        for finding in refused.findings:
            assert finding.text("zh") and finding.text("en")
        assert refused.findings
        return REFUSED
    for one in differences(sound, bundle):
        assert one.section
    return LOADED


def _timed(work: Callable[[], str]) -> tuple[list[str], str, float]:
    """What it did, how it ended, and its seconds of work, the least of some looks when they are too many."""
    least = float("inf")
    for _ in range(LOOKS):
        began = process_time()
        wrong, outcome = _watched(work)
        least = min(least, process_time() - began)
        if least <= SECONDS:
            break
    return wrong, outcome, least


def _watched(work: Callable[[], str]) -> tuple[list[str], str]:
    with _listening() as heard, _ending():
        try:
            outcome = work()
        except BaseException:
            return [*heard, traceback.format_exc(limit=-3)], "wrong"
    return heard, outcome


_heard: list[list[str]] = []
_hooked: list[bool] = []


def _hook(event: str, args: tuple[object, ...]) -> None:
    if _heard and event.startswith(FORBIDDEN):
        _heard[-1].append(f"{event} {str(args)[:120]}")


@contextmanager
def _listening() -> Iterator[list[str]]:
    """An audit hook stays until the process ends; it hears only while somebody listens."""
    if not _hooked:
        sys.addaudithook(_hook)
        _hooked.append(True)
    _heard.append([])
    try:
        yield _heard[-1]
    finally:
        _heard.pop()


@contextmanager
def _ending() -> Iterator[None]:
    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError(f"still at it after {STALLS} s")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(STALLS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
