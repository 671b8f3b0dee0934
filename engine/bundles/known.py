"""What a bundle may name but does not hold; passed in, since the engine knows no other room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from engine.feel.findings import Finding
from engine.feel.said import Said
from engine.services import ServiceSpec

ROLES = frozenset({"investor", "verifier", "reviewer"})
ELIGIBILITY_READS = frozenset({"person.age", "person.id_valid", "hours.open", "pending.business", "obligation.forced"})
"""What is known of a person before a case exists."""


@dataclass(frozen=True)
class Entry:
    """What a scenario says of one form: values by fact or by field, and the reasons that a desk gives.

    `offered` are the reasons that this desk may give, true where one is final; `questions` the codes that are asked.
    """

    said: Mapping[str, str]
    today: date
    given: tuple[str, ...] = ()
    offered: Mapping[str, bool] = field(default_factory=dict)
    questions: tuple[str, ...] = ()


class Filled(Protocol):
    """A form that was filled in and judged. `wrong` says by name why it does not take the entry."""

    @property
    def values(self) -> Mapping[str, object]: ...
    @property
    def facts(self) -> Mapping[str, bool | str | int | float]: ...
    @property
    def reasons(self) -> tuple[str, ...]: ...
    @property
    def wrong(self) -> tuple[tuple[str, Said], ...]: ...


@dataclass(frozen=True, eq=False)
class Known:
    """The service catalogue, the names of company settings, and what the forms room says of a form document.

    `form_sure` are those of a form's facts that every accepted entry gives. `form_fill` takes a document, an entry and
    the English of the document's texts.
    """

    services: Mapping[str, ServiceSpec]
    settings: frozenset[str]
    form_facts: Callable[[dict[str, Any]], Mapping[str, str]]
    form_sure: Callable[[dict[str, Any]], frozenset[str]]
    form_lint: Callable[[str, bytes], list[Finding]]
    form_fill: Callable[[dict[str, Any], Entry, Mapping[str, str]], Filled]
    roles: frozenset[str] = ROLES
    eligibility_reads: frozenset[str] = ELIGIBILITY_READS
