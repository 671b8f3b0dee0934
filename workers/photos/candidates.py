"""Where outlines may be: rough quadrilaterals from two finders that share no measurement of an edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos.completed import completed_quads
from workers.photos.edges import Array, edge_field, weighted_lab
from workers.photos.lines import Lines, find_lines, together
from workers.photos.priors import Prior
from workers.photos.quads import distinct, ranked_quads
from workers.photos.segments import find_segments, lines_of, running_under
from workers.photos.support import Bytes, Running, directed, running

Floats = NDArray[np.floating[Any]]

BY_FIELD, BY_SEGMENTS = 12, 4
RECKONED = 16


@dataclass(frozen=True)
class Candidates:
    """`quads` (n, 4, 2) of both finders, what they were made of, and what they are weighed against.

    All in pixels of the picture that was searched.
    """

    quads: Floats
    lines: Lines
    edges: Running
    maps: Bytes
    segments: Floats
    light: Array

    @property
    def shape(self) -> tuple[int, int]:
        return self.maps.shape[1], self.maps.shape[2]


def candidates(small: NDArray[np.uint8], prior: Prior) -> Candidates:
    """The first finder asks the field of edges under the lines of both, the second segments under their own lines."""
    lab = weighted_lab(small)
    segments = find_segments(lab)
    of_segments = lines_of(segments)
    field = edge_field(lab)
    maps, lines = directed(field), together(of_segments, find_lines(field))
    edges = running(maps, lines)
    first = ranked_quads(lines, edges, field.shape, prior, BY_FIELD)
    traced = running_under(segments, of_segments, field.shape)
    second = ranked_quads(of_segments, traced, field.shape, prior, BY_SEGMENTS)
    quads = distinct(np.concatenate([first, second]), BY_FIELD + BY_SEGMENTS)
    return Candidates(quads, lines, edges, maps, segments, lab[..., 0])


def reckoned(rough: Candidates, prior: Prior) -> Floats:
    """More outlines from the same lines, of which one side need not show."""
    return completed_quads(rough.lines, rough.edges, rough.shape, prior, RECKONED)
