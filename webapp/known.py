"""What bundles are read with."""

from __future__ import annotations

from engine.bundles import Known
from engine.company.reading import SETTINGS
from forms.facts import declared_facts, sure_facts
from forms.lint import lint
from forms.trying import fill
from workers.catalogue import SERVICES

KNOWN = Known(SERVICES, frozenset(SETTINGS), declared_facts, sure_facts, lint, fill)
