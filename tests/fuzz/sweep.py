"""Thousands of mutated files: each read in a bounded process that is shared by many, some the product's whole way.

The product gives each file a process of its own. Here one reads on until a file kills it; that file alone is then
looked at as the product does, which must refuse it. So a reader's unknown exception is seen, and not only survived.
"""

from __future__ import annotations

import faulthandler
import mmap
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.fuzz.hostile.pieces import TAKEN
from tests.fuzz.judge import Seen, look
from tests.fuzz.mutations import mutated
from workers import limits
from workers.photos import apart, intake

KILLED = "killed"


@dataclass
class Swept:
    """What became of all files; `broken` names those that broke the promise, by number."""

    outcomes: Counter[str] = field(default_factory=Counter)
    whole: int = 0
    slowest: float = 0.0
    largest: int = 0
    broken: list[str] = field(default_factory=list)

    def add(self, number: int, seen: Seen) -> None:
        self.whole += 1
        self.slowest, self.largest = max(self.slowest, seen.seconds), max(self.largest, seen.memory)
        self.broken += [f"{number}: {wrong}" for wrong in seen.broken]


def sweep(seed: int, numbers: range, every: int, tell: Callable[[str], None] = lambda line: None) -> Swept:
    """Read all; one of `every` that is taken, and each that killed its reader, goes the whole way."""
    swept = Swept()
    for number, outcome in outcomes(seed, numbers):
        swept.outcomes[outcome.partition(":")[0]] += 1
        if outcome.startswith("wrong:"):
            swept.broken.append(f"{number}: {outcome}")
        if outcome == KILLED or (outcome == TAKEN and swept.outcomes[TAKEN] % every == 1 % every):
            swept.add(number, look(mutated(seed, number)[1]))
        if number % 1000 == 999:
            tell(f"{number + 1}: {told(swept)}")
    return swept


def told(swept: Swept) -> str:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(swept.outcomes.items()))
    most = f"most {swept.slowest:.2f} s and {swept.largest} MiB"
    return f"{kinds}; the whole way {swept.whole}, {most}; broken {len(swept.broken)}"


def outcomes(seed: int, numbers: range) -> Iterable[tuple[int, str]]:
    """The number of each file with what its reader said."""
    while numbers:
        said = _read_until_killed(seed, numbers)
        yield from zip(numbers, said, strict=False)
        numbers = numbers[len(said) :]


def _read_until_killed(seed: int, numbers: range) -> list[str]:
    """What was said of the first files of these; the last of them is `killed` when it ended the reader."""
    with mmap.mmap(-1, 64 * len(numbers)) as board:
        child = limits.fork()
        if child == 0:
            _read_all(seed, numbers, board)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        slots = [board[64 * at : 64 * at + 64].rstrip(b"\0").decode() for at in range(len(numbers))]
    said = slots[: slots.index("")] if "" in slots else slots
    return said if status == 0 else [*said, KILLED]


def _read_all(seed: int, numbers: range, board: mmap.mmap) -> None:
    """In the child, under the bounds that the product gives to each file; the time begins anew with each."""
    faulthandler.disable()
    try:
        limits.limit_memory(apart.MEMORY)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        for at, number in enumerate(numbers):
            data = mutated(seed, number)[1]
            limits.limit_seconds(apart.seconds_for(data))
            said = _said(data).encode()[:63]
            board[64 * at : 64 * at + len(said)] = said
        os._exit(0)
    finally:
        os.kill(os.getpid(), signal.SIGKILL)


def _said(data: bytes) -> str:
    try:
        picture = intake.read(data).picture
    except intake.Unreadable as refused:
        return refused.code
    except BaseException as wrong:
        return f"wrong: {type(wrong).__name__}"
    return TAKEN if picture.mode == "RGB" and not picture.info else "wrong: no plain picture"
