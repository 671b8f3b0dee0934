"""A proposal: handed in, looked at with its findings and differences, then published, put away or compared anew."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals
from engine.bundles.archive import businesses_in
from engine.bundles.files import is_business
from engine.bundles.plans import AT_ONCE, BadPlan, Plan
from engine.bundles.plans import told as plan_told
from engine.bundles.received import NotReceived, received
from engine.bundles.versions import ANALYST
from engine.errors import Conflict, Gone, NeedsAnother, NoRoom, Overtaken, Unchanged, UnderWay
from engine.proposals import LONGEST_NOTE
from engine.tables import Proposal
from engine.trials import Untried
from webapp.access import current_staff, staff_only
from webapp.house import business, look_again, reading, store
from webapp.language import language
from webapp.language import words as _
from webapp.steps.refusals import not_stored
from webapp.studio.proposal_page import Look, look_at
from webapp.studio.publish_wish import NOTHING_TYPED, PublishWish, branches, wrong_field
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
    wish = PublishWish.of(request.form)
    if not SHORTEST_NOTE <= len(wish.note) <= LONGEST_NOTE:
        told = _(
            "请写明改了什么、为什么（%(least)d 至 %(most)d 个字），会和版本一起保存",
            least=SHORTEST_NOTE,
            most=LONGEST_NOTE,
        )
        return page_of(look, wish, {"note": told}, 422)
    if look.bundle is None:
        return page_of(look, wish, {"": _("还有检查没有通过，不能发布。请按下面的清单修改后重新上传。")}, 422)
    try:
        plan = wish.plan()
        proposals.publish(store(), proposal_id, look.bundle, wish.note, current_staff().actor, plan)
    except BadPlan as wrong:
        return page_of(look, wish, dict(wrong_field(wrong)), 422)
    except (Gone, Unchanged, Overtaken, UnderWay, NeedsAnother, Untried, NoRoom, Conflict) as refused:
        look_again()
        said, status = refusal(refused)
        return page_of(look_at(the_proposal(proposal_id)), wish, {"": said}, status)
    look_again()
    flash(_published(plan), "good")
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


def page_of(
    look: Look, wish: PublishWish = NOTHING_TYPED, errors: dict[str, str] | None = None, status: int = 200
) -> Page:
    given = {"look": look, "wish": wish, "branches": branches(), "longest": LONGEST_NOTE, "largest": LARGEST}
    return render_template("studio/proposal.html", errors=errors or {}, **given), status


def _published(plan: Plan) -> str:
    if plan == AT_ONCE:
        return _("已发布。新开始的业务按新版本办理，在办的仍按原来的版本。")
    planned = _("；").join(one.to(language()) for one in plan_told(plan))
    return _("已发布：%(plan)s。在此之外，新开始的业务仍按使用中的版本办理。", plan=planned)


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
    if isinstance(refused, UnderWay):
        return _("有一个版本正在等待启用或试行。请先在业务的页面上决定它，再发布。"), 409
    if isinstance(refused, NeedsAnother):
        return _("公司规定：自己提交的版本须由另一位分析人员发布。请把本页的地址发给同事。"), 403
    if isinstance(refused, Untried):
        return _("这个版本的场景还没有试跑，或有场景不成立，不能发布。请试跑场景，都成立后再发布。"), 409
    if isinstance(refused, Gone):
        return _("这份提案已经发布或收起了。如果还要改，请重新上传。"), 409
    return not_stored(refused)  # type: ignore[arg-type]
