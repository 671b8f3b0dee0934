"""The reason that a colleague gives for taking a task over, or a supervisor for giving it to somebody else."""

from __future__ import annotations

SHORTEST_REASON, LONGEST_REASON = 2, 200


def bad_reason(reason: str) -> bool:
    """Whether it says too little or too much to be kept in the audit."""
    return not SHORTEST_REASON <= len(reason) <= LONGEST_REASON
