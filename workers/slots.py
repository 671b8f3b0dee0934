"""How a diagram names the slots that a service is about: with commas."""

from __future__ import annotations


def named(slots: str) -> list[str]:
    return [slot.strip() for slot in slots.split(",") if slot.strip()]
