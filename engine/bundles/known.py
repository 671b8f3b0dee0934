"""What a bundle may name but does not hold; passed in, since the engine knows no other room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.feel.findings import Finding
from engine.services import ServiceSpec

ROLES = frozenset({"investor", "verifier", "reviewer"})
ELIGIBILITY_READS = frozenset({"person.age", "person.id_valid", "hours.open", "pending.business", "obligation.forced"})
"""What is known of a person before a case exists."""


@dataclass(frozen=True, eq=False)
class Known:
    """The service catalogue, the names of company settings, and what the forms room says of a form document."""

    services: Mapping[str, ServiceSpec]
    settings: frozenset[str]
    form_facts: Callable[[dict[str, Any]], Mapping[str, str]]
    form_lint: Callable[[str, bytes], list[Finding]]
    roles: frozenset[str] = ROLES
    eligibility_reads: frozenset[str] = ELIGIBILITY_READS
