"""Loops in a directed graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

N = TypeVar("N")
Graph = Mapping[N, Iterable[N]]


def loops(graph: Mapping[N, Iterable[N]]) -> list[list[N]]:
    """The strongly connected components that hold a cycle, by Tarjan's algorithm without recursion."""
    return [part for part in _components(graph) if len(part) > 1 or part[0] in set(graph.get(part[0], ()))]


def _components(graph: Mapping[N, Iterable[N]]) -> list[list[N]]:
    index: dict[N, int] = {}
    low: dict[N, int] = {}
    stack: list[N] = []
    parts: list[list[N]] = []
    for root in graph:
        if root in index:
            continue
        index[root] = low[root] = len(index)
        stack.append(root)
        work = [(root, iter(list(graph.get(root, ()))))]
        while work:
            node, rest = work[-1]
            for target in rest:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    work.append((target, iter(list(graph.get(target, ())))))
                    break
                if target in stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    parts.append(stack[stack.index(node) :])
                    del stack[stack.index(node) :]
    return parts


def reach(graph: Mapping[N, Iterable[N]], starts: Iterable[N]) -> set[N]:
    """The starts and everything that an edge leads to from there."""
    seen: set[N] = set()
    waiting = list(starts)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            waiting += graph.get(node, ())
    return seen
