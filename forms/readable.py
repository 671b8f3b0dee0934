"""What can be read from a photograph, by the slot that it lies in: what `properties.read` of a field may name."""

from __future__ import annotations

from collections.abc import Mapping

READABLE: Mapping[str, tuple[str, ...]] = {
    "id_portrait": ("name", "sex", "nation", "birth", "address", "id_number"),
    "id_emblem": ("issuer", "validity"),
    "bank_card": ("number", "bank", "kind"),
}


def readable() -> list[str]:
    """Each as a form writes it: `id_portrait.address`."""
    return [f"{slot}.{name}" for slot, names in READABLE.items() for name in names]
