"""python3 run.py hostile-files --count 10000: all hand-made files, and so many mutated ones.

The exit code is 1 when one broke the promise.
"""

from __future__ import annotations

import argparse
import sys

from tests.fuzz.hostile import RECIPES
from tests.fuzz.judge import HEIC_SECONDS, MEMORY, SECONDS, look, resident, used_by_children, warm
from tests.fuzz.sweep import sweep, told


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    warm()
    each = f"< {SECONDS:.0f} s of work ({HEIC_SECONDS:.0f} for HEIC), < {MEMORY} MiB more"
    print(f"idle worker: {resident() // 1024} MiB; each file: {each}", flush=True)
    broken = hand_made()
    swept = sweep(given.seed, range(given.count), given.every, lambda line: print(line, flush=True))
    print(f"mutated, seed {given.seed}: {told(swept)}; {used_by_children():.0f} s of work in all")
    for line in [*broken, *swept.broken]:
        print("BROKEN", line)
    return 1 if broken or swept.broken else 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="mutated files [default: 10000]")
    parser.add_argument("--seed", type=int, default=1, help="other files with another seed [default: 1]")
    parser.add_argument(
        "--every", type=int, default=20, help="of those taken, one in so many goes the whole way [default: 20]"
    )
    return parser


def hand_made() -> list[str]:
    seen = {name: look(recipe.make()) for name, recipe in RECIPES.items()}
    slow = max(seen.items(), key=lambda each: each[1].seconds)
    large = max(seen.items(), key=lambda each: each[1].memory)
    print(f"hand-made: {len(seen)}; slowest {slow[1].seconds:.2f} s ({slow[0]})", end="")
    print(f", largest {large[1].memory} MiB ({large[0]})", flush=True)
    odd = [f"{name}: {one.outcome}" for name, one in seen.items() if one.outcome not in RECIPES[name].may]
    return odd + [f"{name}: {wrong}" for name, one in seen.items() for wrong in one.broken]


if __name__ == "__main__":
    sys.exit(main())
