"""Loading a bundle: everything is checked before anything of it may run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from engine.bundles.facts import engine_facts, given_facts
from engine.bundles.faults import FAULTS as OWN
from engine.bundles.files import check_files, is_business, read_folder
from engine.bundles.known import Known
from engine.bundles.lint import check_bundle
from engine.bundles.manifest import bundle_hash, process_hash
from engine.bundles.model import Bundle, Reason
from engine.bundles.reading import Parts, read_parts
from engine.diagrams.drawing import Drawing, draw
from engine.diagrams.faults import FAULTS as DRAWN
from engine.diagrams.lint.structure import check_structure
from engine.diagrams.lint.subject import nearest
from engine.diagrams.specs import BadDiagram
from engine.feel.findings import Finding


class BadBundle(Exception):
    """A bundle is refused; `findings` says for what."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.text("en"))

    def text(self, lang: str) -> str:
        """A line for each finding."""
        return "\n".join(finding.text(lang) for finding in self.findings)


def load_folder(root: Path, business: str, known: Known) -> Bundle:
    """The bundle of a business in a checkout; raises BadBundle."""
    files, findings = read_folder(root, business) if is_business(business) else ({}, [])
    _refuse(findings)
    return load_files(files, business, known)


def load_files(files: Mapping[str, bytes], business: str, known: Known) -> Bundle:
    """The bundle made of these files, checked by every rule; raises BadBundle, never anything else."""
    bundle = assemble(files, business, known)
    _refuse(check_bundle(bundle, known))
    try:
        bundle.spec()
    except BadDiagram as wrong:
        raise BadBundle([_engine_finding(bundle, wrong)]) from wrong
    return bundle


def assemble(files: Mapping[str, bytes], business: str, known: Known) -> Bundle:
    """The bundle without the rules: for versions that were checked when they were published.

    Rules may grow stricter, and a case must still be able to end on the version that it began with.
    """
    if not is_business(business):
        raise BadBundle([OWN.found("business.id", "", id=business[:80])])
    _refuse(check_files(files, business))
    parts, findings = read_parts(files, business)
    _refuse(findings)
    _refuse([*_missing_root(parts), *check_structure(parts.diagrams, parts.business.process)])
    return _bundle(files, parts, draw(parts.diagrams, parts.business.process), known)


def _bundle(files: Mapping[str, bytes], parts: Parts, drawing: Drawing, known: Known) -> Bundle:
    given = {fact.name for fact in given_facts(drawing, parts.forms, parts.decisions, known)}
    return Bundle(
        hash=bundle_hash(files),
        process_hash=process_hash(files, parts.business.process),
        business=parts.business,
        drawing=drawing,
        decisions=parts.decisions,
        reasons=_reasons(parts, drawing),
        questions=parts.questions,
        notices=parts.notices,
        forms=parts.forms,
        files=dict(files),
        english=parts.english,
        declared=engine_facts(drawing, known) | given,
    )


def _missing_root(parts: Parts) -> Iterator[Finding]:
    known = {process.id for diagram in parts.diagrams for process in diagram.processes}
    root, place = parts.business.process, parts.business.place
    if root not in known:
        mend = nearest(root, known)
        yield OWN.found("process.missing", place.file, None, place.line("process"), process=root, mend=mend)


def _reasons(parts: Parts, drawing: Drawing) -> tuple[Reason, ...]:
    """The business's own reasons, and the shared ones that a desk of this business may give."""
    steps = {step.id for step in drawing.steps}
    own = {reason.code for reason in parts.own_reasons}
    shared = [
        reason
        for reason in parts.shared_reasons
        if reason.code not in own and steps & set(reason.desks) and (reason.step is None or reason.step in steps)
    ]
    return (*parts.own_reasons, *shared)


def _refuse(findings: Sequence[Finding]) -> None:
    if findings:
        raise BadBundle(findings)


def _engine_finding(bundle: Bundle, wrong: BadDiagram) -> Finding:
    """SpiffWorkflow knows no line numbers; the model does."""
    line = next((item.line for item in bundle.drawing.elements.values() if item.id == wrong.element), None)
    return DRAWN.found("bpmn.engine", wrong.file or "", wrong.element, line, detail=str(wrong)[:300])
