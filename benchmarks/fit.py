"""python3 run.py fit-photos --images FOLDER...: fits the finder's weights on photographs with known corners.

Prints the weights as workers/photos/weights.py has them, and how often answers of each confidence are right, by weights
that were fitted on the other photographs. The folders are those of benchmark-photos. The second look's of today:
python3 run.py fit-photos --samples benchmarks/photographs/again.npz --look again
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.photographs.fitting import answered, asked_apart, fitted
from benchmarks.photographs.kept import keep, kept
from benchmarks.photographs.reliability import of_answers
from benchmarks.photographs.samples import Sample, samples
from benchmarks.photographs.truth import photographs
from workers.photos import weights

FIRMNESS = 0.1
AGAIN = Path(__file__).parent / "photographs" / "again.npz"
"""The samples that the second look's weights were fitted on."""


def main(words: list[str] | None = None) -> int:
    given = arguments().parse_args(words)
    begun = begun_with(given.kind, given.look)
    drawn = kept(given.samples) if given.samples else seen_in(given.images, given)
    if not drawn:
        print("in none of these photographs the finder looks so", file=sys.stderr)
        return 1
    if given.keep:
        keep(drawn, given.keep)
    start = np.array(list(begun.values()))
    best = fitted(drawn, np.zeros_like(start) if given.anew else start, given.firmness)
    print(f"{len(drawn)} photographs, in {sum(one.right.any() for one in drawn)} of them a right outline")
    print("\n".join(as_rows(begun, best.tolist())))
    for title, answers in (
        ("by the weights that it begins at", [answered(one, start) for one in drawn]),
        ("by weights fitted on the others", asked_apart(drawn, start, given.firmness)),
    ):
        print(f"{title}: {sum(right for _, right in answers)} right", *of_answers(answers), sep="\n")
    return 0


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--images", type=Path, nargs="+", metavar="FOLDER")
    source.add_argument("--samples", type=Path, metavar="FILE", help="what was kept of an earlier fit, instead")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep what was drawn from the images (.npz)")
    parser.add_argument("--count", type=int, help="only so many of each folder")
    parser.add_argument("--kind", choices=("id1", "sheet"), default="id1")
    parser.add_argument(
        "--look", choices=("first", "again"), default="first", help="the second look has its own weights"
    )
    parser.add_argument("--firmness", type=float, default=FIRMNESS, help="how firmly they are held to where they begin")
    parser.add_argument("--anew", action="store_true", help="begin at nothing")
    return parser


def seen_in(folders: Sequence[Path], given: argparse.Namespace) -> list[Sample]:
    pictures = [one for folder in folders for one in photographs(folder, given.count)]
    return list(samples(pictures, given.kind, given.look))


def begun_with(kind: str, look: str) -> Mapping[str, float]:
    """The weights of today; for the second look those of the first, so that the same pictures give the same again."""
    first = {name: both[kind == "sheet"] for name, both in weights.EVIDENCE.items()}
    return first if look == "first" else first | dict.fromkeys(weights.FURTHER, 0.0)


def as_rows(names: Sequence[str] | Mapping[str, float], fitted_to: Sequence[float]) -> Iterator[str]:
    for name, weight in zip(names, fitted_to, strict=True):
        yield f'    "{name}": {weight:.2f},'


if __name__ == "__main__":
    sys.exit(main())
