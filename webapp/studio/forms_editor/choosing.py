"""What the entries of a part are chosen from: what the product knows, and what the draft holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.bundles import Bundle
from forms.lint import OFFERS
from forms.readable import readable
from forms.rules import RULES
from webapp.steps.knowing import MASKS, SOURCES
from webapp.studio.forms_editor.samples import agreements
from webapp.studio.forms_editor.words import choice

Options = list[tuple[str, str]]


def choices(bundle: Bundle, name: str, value: str) -> Options:
    """The choices of one entry, none among them first; a value that is none of them stays one."""
    offered = list(_offered(bundle).get(name, ()))
    if value and value not in offered:
        offered.append(value)
    return [("", "—"), *((one, choice(name, one)) for one in offered)]


def _offered(bundle: Bundle) -> Mapping[str, Iterable[str]]:
    return {
        "rule": sorted(RULES),
        "read": readable(),
        "prefill": SOURCES,
        "source": SOURCES,
        "mask": MASKS,
        "choices": ("banks",),
        "validationType": ("email",),
        "kind": ("id1", "sheet"),
        "example": ("emblem", "bank_card"),
        "document": [f"agreements/{path.rsplit('/', 1)[1]}" for path in agreements(bundle)],
        "notice": sorted(bundle.notices),
        "offers": OFFERS,
    }
