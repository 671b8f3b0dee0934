"""Starting a business or an obligation: the case that is opened, and where it goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine import photos
from engine.bundles import Bundle
from engine.cases import open_case
from engine.cases.holding import Held
from engine.tables import Obligation
from webapp.house import company, house, store


def start(bundle: Bundle, customer_id: str, branch_id: str, obligation: Obligation | None = None) -> str:
    """Open the case (or the one that was opened and not yet begun) and say where it goes on."""
    filed = house().accounts.photos(customer_id)
    case_id = open_case(
        store(),
        business=bundle.business.id,
        customer_id=customer_id,
        branch_id=branch_id,
        settings=company().settings,
        obligation_id=obligation.id if obligation else None,
        also=lambda held: _adopt(held, filed),
    )
    return case_address(case_id)


def case_address(case_id: str) -> str:
    """The page of a case: it shows whichever step is open."""
    return f"/cases/{case_id}"


def _adopt(held: Held, filed: Mapping[str, str]) -> None:
    """Pictures that the company already holds are in the case from its first moment, and shown at once (S16)."""
    customer, kinds = held.case.customer_id, dict(_slots(held.bundle))
    for slot in sorted(filed.keys() & kinds):
        data = held.store.vault.blobs.get(held.tx, customer, filed[slot])
        photos.put(held, slot, data, "system", kinds[slot])


def _slots(bundle: Bundle) -> Iterator[tuple[str, str]]:
    """The slots of the business's forms, with the kind of paper that each takes."""
    parts: Iterator[Any] = (part["properties"] for form in bundle.forms.values() for part in _asking(form))
    return ((one["slot"], one.get("kind", "id1")) for one in parts if one.get("widget") == "photo")


def _asking(form: Any) -> Iterator[Any]:
    return (part for part in form["components"] if "slot" in part.get("properties", {}))
