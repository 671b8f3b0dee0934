"""What an end event of a business may say about a case that ends there."""

from __future__ import annotations

from engine.diagrams.told import SMS

AFTERWARDS = "afterwards"
"""A service that is asked for once; nobody waits for it."""

RETENTION, GIVEN_UP = "retention", "given_up"
"""After which of the company's terms what no law wants kept is shredded."""

TERMS = frozenset({GIVEN_UP})
PROPERTIES = frozenset({AFTERWARDS, RETENTION, SMS})
