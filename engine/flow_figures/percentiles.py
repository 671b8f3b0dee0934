"""Percentiles of durations by nearest rank: a value that was measured, never one between two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from math import ceil


def percentile(spans: Sequence[timedelta], share: float) -> timedelta | None:
    """The least of the spans that this share of them does not exceed (0 < share <= 1); None without any."""
    if not 0 < share <= 1:
        raise ValueError("a share is above 0 and at most 1")
    return sorted(spans)[ceil(share * len(spans)) - 1] if spans else None
