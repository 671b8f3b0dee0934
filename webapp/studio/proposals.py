"""A proposal: handed in, looked at with its findings and differences, then published, put away or compared anew."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals
from engine.bundles.archive import businesses_in
from engine.bundles.files import is_business
from engine.bundles.received import NotReceived, received
from engine.bundles.versions import ANALYST
from engine.errors import Conflict, Gone, NoRoom, Overtaken, Unchanged
from engine.proposals import LONGEST_NOTE
from engine.tables import Proposal
from engine.trials import Untried
from webapp.access import current_staff, staff_only
from webapp.house import business, look_again, reading, store
from webapp.language import language
from webapp.language import words as _
from webapp.steps.refusals import not_stored
from webapp.studio.proposal_page import Look, look_at
from webapp.studio.received import FIELD, LARGEST, uploads
from webapp.studio.views import about_page, blueprint, home_page

SHORTEST_NOTE = 2


@blueprint.post("/proposals")
@staff_only(ANALYST)
def propose() -> Page:
    """A changed or a new business; what is wrong with its files is said on the proposal's own page."""
    chosen = request.form.get("business", "")
    try:
        given = uploads()
        base = business(chosen).files if chosen and business(chosen) else {}  # type: ignore[union-attr]
        files = received(given, chosen, base)
        named = chosen or next(iter(businesses_in(files)), "")
        if not is_business(named) or (not chosen and len(businesses_in(files)) > 1):
            return _not_taken(chosen, _which_business())
        proposal = proposals.propose(store(), named, files, current_staff().actor)
    except NotReceived as wrong:
        return _not_taken(chosen, told(wrong))
    except (NoRoom, Conflict) as refused:
        return _not_taken(chosen, *not_stored(refused))
    return redirect(url_for("studio.proposal", proposal_id=proposal), 303)


@blueprint.get("/proposals/<proposal_id>")
@staff_only(ANALYST)
def proposal(proposal_id: str) -> Page:
    return page_of(look_at(the_proposal(proposal_id)))


@blueprint.post("/proposals/<proposal_id>/publish")
@staff_only(ANALYST)
def publish(proposal_id: str) -> Page:
    """New cases take it from now on; refused with the same page while something is wrong."""
    look = look_at(the_proposal(proposal_id))
    note = request.form.get("note", "").strip()
    if not SHORTEST_NOTE <= len(note) <= LONGEST_NOTE:
        told = _(
            "请写明改了什么、为什么（%(least)d 至 %(most)d 个字），会和版本一起保存",
            least=SHORTEST_NOTE,
            most=LONGEST_NOTE,
        )
        return page_of(look, note, {"note": told}, 422)
    if look.bundle is None:
        return page_of(look, note, {"": _("还有检查没有通过，不能发布。请按下面的清单修改后重新上传。")}, 422)
    try:
        proposals.publish(store(), proposal_id, look.bundle, note, current_staff().actor)
    except (Gone, Unchanged, Overtaken, Untried, NoRoom, Conflict) as refused:
        look_again()
        said, status = refusal(refused)
        return page_of(look_at(the_proposal(proposal_id)), note, {"": said}, status)
    look_again()
    flash(_("已发布。新开始的业务按新版本办理，在办的仍按原来的版本。"), "good")
    return redirect(url_for("studio.about", business_id=look.row.business), 303)


@blueprint.post("/proposals/<proposal_id>/discard")
@staff_only(ANALYST)
def discard(proposal_id: str) -> Page:
    row = the_proposal(proposal_id)
    try:
        proposals.discard(store(), proposal_id, current_staff().actor)
    except Gone:
        flash(_("这份提案已经发布或收起了。如果还要改，请重新上传。"), "warn")
    except (NoRoom, Conflict) as refused:
        flash(not_stored(refused)[0], "warn")
        return redirect(url_for("studio.proposal", proposal_id=row.id), 303)
    else:
        flash(_("提案已收起，上传的文件仍保留在记录里。"), "good")
    return redirect(url_for("studio.home"), 303)


@blueprint.post("/proposals/<proposal_id>/compare")
@staff_only(ANALYST)
def compare(proposal_id: str) -> Page:
    """Against the version that is in use now."""
    row = the_proposal(proposal_id)
    try:
        proposals.compare_anew(store(), proposal_id, current_staff().actor)
    except (Gone, NoRoom, Conflict) as refused:
        flash(refusal(refused)[0], "warn")
    return redirect(url_for("studio.proposal", proposal_id=row.id), 303)


def the_proposal(proposal_id: str) -> Proposal:
    return reading().get(Proposal, proposal_id) or abort(404)


def page_of(look: Look, note: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Page:
    return render_template(
        "studio/proposal.html", look=look, note=note, errors=errors or {}, longest=LONGEST_NOTE, largest=LARGEST
    ), status


def _not_taken(chosen: str, told: str, status: int = 422) -> Page:
    """Back to the page with the form; the chosen files stay with the person, a browser sends none back."""
    found = business(chosen) if chosen else None
    if found is None:
        flash(told, "warn")
        return home_page(), status
    return render_template("studio/business.html", errors={FIELD: told}, **about_page(found)), status


def _which_business() -> str:
    return _("压缩包里没有唯一的 processes/<业务>/business.json，无法知道是哪个业务。") + _(
        "请只放一个业务的文件再上传，或从那个业务的页面上传。"
    )


def told(wrong: NotReceived) -> str:
    return f"{wrong.finding.file}: {wrong.finding.said.to(language())}".lstrip(": ")


def refusal(refused: Exception) -> tuple[str, int]:
    if isinstance(refused, Unchanged):
        return _("上传的内容和使用中的版本完全一样，没有可发布的改动。请检查上传的是不是改过的文件。"), 409
    if isinstance(refused, Overtaken):
        return _("您比较之后，同事已经发布了另一个版本。请按“与现在的版本重新比较”，看清差别后再发布。"), 409
    if isinstance(refused, Untried):
        return _("这个版本的场景还没有试跑，或有场景不成立，不能发布。请试跑场景，都成立后再发布。"), 409
    if isinstance(refused, Gone):
        return _("这份提案已经发布或收起了。如果还要改，请重新上传。"), 409
    return not_stored(refused)  # type: ignore[arg-type]
