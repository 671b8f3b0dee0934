"""Drafts of a business: begun, looked at, handed in as a proposal, thrown away; two people's work is never mixed up."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals, sketches
from engine.bundles.uses import REMOVABLE
from engine.bundles.versions import ANALYST
from engine.errors import Conflict, Gone, NoRoom, Refused
from engine.sketches import SavedMeanwhile, Seen, TooMany
from engine.tables import Proposal, Sketch
from webapp.access import current_staff, staff_only
from webapp.desk.queue import name_of
from webapp.house import business, clock, house, look_again, reading, store
from webapp.language import moment
from webapp.language import words as _
from webapp.steps.refusals import not_stored
from webapp.studio.draft_contents import contents_of
from webapp.studio.faults import faults
from webapp.studio.forms_editor.words import kinds_by_section
from webapp.studio.views import blueprint, packed

FIELD = "seen"


@blueprint.post("/<business_id>/drafts")
@staff_only(ANALYST)
def begin_sketch(business_id: str) -> Page:
    """From the version in use."""
    bundle = business(business_id) or abort(404)
    try:
        made = sketches.begin(store(), business_id, bundle.files, current_staff().actor, base=bundle.hash)
    except (TooMany, NoRoom, Conflict) as refused:
        flash(refusal(refused)[0], "warn")
        return redirect(url_for("studio.about", business_id=business_id), 303)
    return redirect(url_for("studio.sketch", sketch_id=made), 303)


@blueprint.post("/proposals/<proposal_id>/draft")
@staff_only(ANALYST)
def sketch_of_proposal(proposal_id: str) -> Page:
    """What was handed in, to be changed further in the browser; the proposal stays as it is."""
    row = reading().get(Proposal, proposal_id) or abort(404)
    return _on_a_draft("studio.sketch", row)


@blueprint.post("/proposals/<proposal_id>/play")
@staff_only(ANALYST)
def play_proposal(proposal_id: str) -> Page:
    """What was handed in, tried in the sandbox on a draft of one's own with the same files; the proposal stays."""
    row = reading().get(Proposal, proposal_id) or abort(404)
    there = sketches.of_business(reading(), row.business)
    mine = (one for one in there if (one.by, one.bundle_hash) == (current_staff().id, row.bundle_hash))
    same = next(mine, None)
    return _on_a_draft("studio.sandbox", row, same.id if same else None)


def _on_a_draft(page: str, row: Proposal, sketch_id: str | None = None) -> Page:
    """This page of that draft, or of a new one with the files of the proposal."""
    files, by = proposals.files_of(row), current_staff().actor
    try:
        made = sketch_id or sketches.begin(store(), row.business, files, by, base=row.base_hash)
    except (TooMany, NoRoom, Conflict) as refused:
        flash(refusal(refused)[0], "warn")
        return redirect(url_for("studio.proposal", proposal_id=row.id), 303)
    return redirect(url_for(page, sketch_id=made), 303)


@blueprint.get("/drafts/<sketch_id>")
@staff_only(ANALYST)
def sketch(sketch_id: str) -> Page:
    return page_of(the_sketch(sketch_id))


@blueprint.get("/drafts/<sketch_id>/files.zip")
@staff_only(ANALYST)
def sketch_files(sketch_id: str) -> Page:
    row = the_sketch(sketch_id)
    return packed(sketches.files_of(row), f"{row.business}-{row.id[:12]}.zip")


@blueprint.post("/drafts/<sketch_id>/hand-in")
@staff_only(ANALYST)
def hand_in_sketch(sketch_id: str) -> Page:
    """It becomes a proposal, where differences, findings and publishing are."""
    the_sketch(sketch_id)
    try:
        proposal = sketches.hand_in(store(), seen(sketch_id), current_staff().actor)
    except Refused as refused:
        return refused_page(sketch_id, refused)
    flash(_("草稿已提交为提案。检查通过、看清改动之后就可以发布。"), "good")
    return redirect(url_for("studio.proposal", proposal_id=proposal), 303)


@blueprint.post("/drafts/<sketch_id>/discard")
@staff_only(ANALYST)
def discard_sketch(sketch_id: str) -> Page:
    row = the_sketch(sketch_id)
    try:
        sketches.discard(store(), seen(sketch_id), current_staff().actor)
    except Refused as refused:
        return refused_page(sketch_id, refused)
    flash(_("草稿已删除。"), "good")
    there = business(row.business)
    return redirect(url_for("studio.about", business_id=row.business) if there else url_for("studio.home"), 303)


def the_sketch(sketch_id: str) -> Sketch:
    return reading().get(Sketch, sketch_id) or abort(404)


def seen(sketch_id: str) -> Seen:
    """The save that the sender of this form looked at; one that he does not name is none."""
    given = request.form.get(FIELD, "")
    return Seen(sketch_id, int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0)


def page_of(row: Sketch, errors: dict[str, str] | None = None, status: int = 200) -> Page:
    files = sketches.files_of(row)
    checked = proposals.check(files, row.business, house().known)
    return render_template(
        "studio/sketch.html",
        sketch=row,
        bundle=business(row.business),
        contents=contents_of(row, files, checked.findings),
        sections=kinds_by_section(),
        given=request.form,
        editor_of=editor_of,
        there=files,
        removable=[path for path in sorted(files) if path.endswith(REMOVABLE)],
        has_reasons=f"processes/{row.business}/reasons.json" in files,
        faults=faults(checked.findings),
        overtaken=sketches.is_overtaken(reading(), row, clock().now()),
        errors=errors or {},
    ), status


def editor_of(sketch_id: str, path: str) -> str:
    """Where a file of a draft is changed."""
    pages = {
        ".bpmn": "modeler",
        ".form.json": "form_of_sketch",
        ".dmn": "decision_tables",
        "/reasons.json": "reject_reasons",
        "/texts.en.json": "english_texts",
        "/notices.json": "notices",
    }
    page = next((page for ending, page in pages.items() if path.endswith(ending)), "text_of_sketch")
    return url_for(f"studio.{page}", sketch_id=sketch_id, file=path)


def refused_page(sketch_id: str, refused: Refused) -> Page:
    """The draft as it is now, with what happened; one that is gone leads to the businesses."""
    look_again()
    said, status = refusal(refused)
    row = reading().get(Sketch, sketch_id)
    if row is None:
        flash(said, "warn")
        return redirect(url_for("studio.home"), 303)
    return page_of(row, {"": said}, status)


def refusal(refused: Refused) -> tuple[str, int]:
    if isinstance(refused, SavedMeanwhile):
        who, at = name_of(refused.by), moment(refused.at)
        return _("%(who)s 于 %(at)s 保存过这份草稿，您的这一次没有保存，也没有覆盖。", who=who, at=at), 409
    if isinstance(refused, TooMany):
        most = sketches.MOST
        return _("这个业务已有 %(n)d 份草稿。请先提交或删除不要的草稿，再开始新的。", n=most), 409
    if isinstance(refused, Gone):
        return _("这份草稿已经提交或删除了。请从业务的页面开始新的草稿。"), 409
    return not_stored(refused)
