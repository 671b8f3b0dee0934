"""The difference between two versions: both drawings beside one another, and every sentence with its place on them."""

from __future__ import annotations

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import proposals
from engine.bundles import Bundle
from engine.bundles.versions import ANALYST, versions
from webapp.access import staff_only
from webapp.house import bundle_named, clock, house, reading
from webapp.language import words as _
from webapp.studio.proposals import the_proposal
from webapp.studio.two_drawings import Compared, compared, kind_words
from webapp.studio.views import blueprint


@blueprint.get("/proposals/<proposal_id>/difference")
@staff_only(ANALYST)
def difference(proposal_id: str) -> Page:
    """A proposal beside the version that it is compared with; one that has faults has no difference yet."""
    row = the_proposal(proposal_id)
    after = proposals.check(proposals.files_of(row), row.business, house().known).bundle
    before = bundle_named(row.base_hash) if row.base_hash else None
    back = url_for("studio.proposal", proposal_id=row.id), _("返回提案")
    found = compared(before, after) if before and after else None
    return _page(found, after or before, (_number(row.business, row.base_hash), _("提案")), back)


@blueprint.get("/<business_id>/difference")
@staff_only(ANALYST)
def compared_with(business_id: str) -> Page:
    """Two versions by their numbers; the one in use where none is named."""
    old, new = (_version(business_id, name) for name in ("old", "new"))
    back = url_for("studio.about", business_id=business_id), _("返回")
    names = _number(business_id, old.hash, "old"), _number(business_id, new.hash, "new")
    return _page(compared(old, new), new, names, back)


def _version(business_id: str, name: str) -> Bundle:
    wanted = request.args.get(name, "")
    mine = versions(reading(), business_id, clock().now())
    found = next((one for one in mine if (str(one.number) == wanted if wanted else one.current)), None)
    return bundle_named(found.hash) if found else abort(404)


def _number(business_id: str, bundle_hash: str | None, name: str = "") -> str:
    """The version by its number: the one that was asked for, where the same was published twice."""
    mine = [one for one in versions(reading(), business_id, clock().now()) if one.hash == bundle_hash]
    asked = [one for one in mine if str(one.number) == request.args.get(name)]
    return next((_("第 %(n)d 版", n=one.number) for one in [*asked, *mine]), "")


def _page(found: Compared | None, shown: Bundle | None, names: tuple[str, str], back: tuple[str, str]) -> Page:
    given = {"found": found, "bundle": shown, "old": names[0], "new": names[1], "back": back}
    return render_template("studio/difference.html", words=kind_words(), **given)
