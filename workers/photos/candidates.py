"""Where outlines may be: rough quadrilaterals from two finders that share no measurement of an edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workers.photos.edges import Array, edge_field, weighted_lab
from workers.photos.lines import find_lines, together
from workers.photos.priors import Prior
from workers.photos.quads import Quad, distinct, ranked_quads
from workers.photos.segments import find_segments, lines_of, running_under
from workers.photos.support import Bytes, directed, running

Floats = NDArray[np.floating[Any]]

BY_FIELD, BY_SEGMENTS = 12, 4


@dataclass(frozen=True)
class Candidates:
    """`quads` of both finders, `second` those of the second alone, and what they are weighed against.

    All in pixels of the picture that was searched.
    """

    quads: list[Quad]
    second: list[Quad]
    maps: Bytes
    segments: Floats


def candidates(small: Array, prior: Prior) -> Candidates:
    """The first finder asks the field of edges under the lines of both, the second segments under their own lines."""
    lab = weighted_lab(small)
    segments = find_segments(lab)
    of_segments = lines_of(segments)
    field = edge_field(lab)
    maps, lines = directed(field), together(of_segments, find_lines(field))
    first = ranked_quads(lines, running(maps, lines), field.shape, prior, BY_FIELD)
    traced = running_under(segments, of_segments, field.shape)
    second = ranked_quads(of_segments, traced, field.shape, prior, BY_SEGMENTS)
    return Candidates(distinct([*first, *second], BY_FIELD + BY_SEGMENTS), second, maps, segments)
