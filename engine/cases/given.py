"""Facts that a caller may give: declared by the bundle, and not the engine's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.bundles import Bundle

_OWN = ("todo.", "again.", "settings.", "rejection.")


def check_facts(bundle: Bundle, facts: Mapping[str, Any]) -> None:
    """ValueError for a fact that nothing declares, that only the engine sets, or that is no scalar."""
    for name, value in facts.items():
        if name not in bundle.declared:
            raise ValueError(f"the fact {name} is declared nowhere")
        if name == "back" or name.startswith(_OWN):
            raise ValueError(f"the fact {name} is set by the engine alone")
        if value is not None and not isinstance(value, bool | int | float | str):
            raise ValueError(f"the fact {name} is no boolean, number or text")
