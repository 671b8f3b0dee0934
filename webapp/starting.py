"""Starting a business or an obligation: the case that is opened, and where it goes on."""

from __future__ import annotations

from engine.bundles import Bundle
from engine.cases import open_case
from engine.tables import Obligation
from webapp.house import company, store


def start(bundle: Bundle, customer_id: str, branch_id: str, obligation: Obligation | None = None) -> str:
    """Open the case (or the one that was opened and not yet begun) and say where it goes on."""
    case_id = open_case(
        store(),
        business=bundle.business.id,
        customer_id=customer_id,
        branch_id=branch_id,
        settings=company().settings,
        obligation_id=obligation.id if obligation else None,
    )
    return case_address(case_id)


def case_address(case_id: str) -> str:
    """The page of a case: it shows whichever step is open."""
    return f"/cases/{case_id}"
