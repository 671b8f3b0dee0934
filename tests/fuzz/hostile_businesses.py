"""python3 run.py hostile-businesses --count 20000: so many businesses with a changed file.

The exit code is 1 when one broke the promise.
"""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.business_sweep import Business, sweep
from tests.fuzz.small_business import small
from tests.house import CHANGE, SUPPLEMENT, drawn, known

PART = 1000


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    broken: list[str] = []
    for business, count in _shares(given.count):
        for first in range(0, count, PART):
            swept = sweep(business, given.seed, range(first, min(count, first + PART)))
            print(f"{business.id} {first + PART}: {swept.told()}", flush=True)
            broken += swept.broken
    for line in broken:
        print("BROKEN", line)
    return 1 if broken else 0


def _shares(count: int) -> list[tuple[Business, int]]:
    """Most of the small one, which has a file of every kind; a tenth of each that is shipped."""
    shipped = [Business(each, drawn(each).files, known()) for each in (SUPPLEMENT, CHANGE)]
    return [(small(), count * 8 // 10), *((each, count // 10) for each in shipped)]


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="changed businesses [default: 20000]")
    parser.add_argument("--seed", type=int, default=1, help="other files with another seed [default: 1]")
    return parser


if __name__ == "__main__":
    sys.exit(main())
