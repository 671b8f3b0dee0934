"""A bundle of files that may be wrong here and there: for what an analyst looks at while he works, never to be run."""

from __future__ import annotations

from collections.abc import Mapping

from engine.bundles.manifest import bundle_hash
from engine.bundles.model import Bundle
from engine.bundles.reading import read_parts
from engine.diagrams.drawing import draw


def unfinished(files: Mapping[str, bytes], business: str) -> Bundle:
    """Whatever can be read of these files; what cannot is not there. Nothing is checked, nothing is raised."""
    parts, _ = read_parts(files, business)
    return Bundle(
        hash=bundle_hash(files),
        process_hash="",
        business=parts.business,
        drawing=draw(parts.diagrams, parts.business.process),
        decisions=parts.decisions,
        reasons=(*parts.own_reasons, *parts.shared_reasons),
        questions=parts.questions,
        notices=parts.notices,
        forms=parts.forms,
        files=dict(files),
        english=parts.english,
        declared=frozenset(),
    )
