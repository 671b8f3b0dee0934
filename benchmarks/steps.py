"""What one completion of a form step costs beside the floor and the naive peer, and what loops add to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from sqlalchemy import select

from benchmarks.contestants import Contestant, floor, forms_of, looped, naive, product
from benchmarks.installation import furnish
from benchmarks.table import Line, spread
from engine.store import Store
from engine.tables import Case

WARM = 16
LOOPS = (0, 50, 300)
NAIVE_LOOPS = (0, 50)  # beyond 122 the library's own recursion ends a whole instance


def measure(folder: Path, rounds: int, each: int) -> Iterator[Line]:
    """In rounds of so many forms each, in turns; ratios are medians of the rounds."""
    place, count = furnish(folder / "steps"), rounds * each + WARM
    store = place.store()
    made = looped(store, dict.fromkeys(LOOPS, count))
    sizes = {loops: _bytes(store, ones[0].case_id) for loops, ones in made.items()}
    store.db.dispose()
    with ExitStack() as open_now:
        server = open_now.enter_context(product(place))
        peers = open_now.enter_context(
            naive(folder, f"sqlite:///{folder / 'naive.db'}", dict.fromkeys(NAIVE_LOOPS, count))
        )
        ground = open_now.enter_context(floor(folder, f"sqlite:///{folder / 'floor.db'}", count))
        all_of = {f"product {loops}": Contestant(server, forms_of(server, ones)) for loops, ones in made.items()}
        all_of |= {f"naive {loops}": one for loops, one in peers.items()} | {"floor": ground}
        costs = _in_turns(all_of, rounds, each)
    yield from _lines(costs)
    for loops in LOOPS[1:]:
        yield Line(
            f"state bytes at {loops} loops / at 0", sizes[loops] / sizes[0], 1.1, beside={"bytes": str(sizes[0])}
        )


def _in_turns(all_of: dict[str, Contestant], rounds: int, each: int) -> dict[str, list[float]]:
    costs: dict[str, list[float]] = {name: [] for name in all_of}
    for one in all_of.values():
        one.cost(WARM, clients=4)
    names = list(all_of)
    for turn in range(rounds):
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            costs[name].append(all_of[name].cost(each).milliseconds)
    return costs


def _lines(costs: dict[str, list[float]]) -> Iterator[Line]:
    told = {name: f"{spread(found)} ms" for name, found in costs.items()}

    def line(above: str, below: str, goal: float, is_shape: bool) -> Line:
        ratio = _ratio(costs[above], costs[below])
        beside = {name: told[name] for name in (above, below)}
        return Line(f"CPU of a completion: {above} / {below}", ratio, goal, is_shape=is_shape, beside=beside)

    yield line("product 0", "floor", 2.5, False)
    yield line("product 0", "naive 0", 1.0, False)
    yield line("product 50", "naive 50", 0.3, False)
    yield line("product 50", "product 0", 1.15, True)
    yield line("product 300", "product 0", 1.15, True)


def _ratio(above: Sequence[float], below: Sequence[float]) -> float:
    return median(a / b for a, b in zip(above, below, strict=True))


def _bytes(store: Store, case_id: str) -> int:
    with store.read() as tx:
        return len((tx.scalar(select(Case.state).where(Case.id == case_id)) or "").encode())
