"""The businesses with their versions, and what of them can be downloaded."""

from __future__ import annotations

import io
from collections.abc import Mapping

from flask import Blueprint, abort, render_template, send_file
from flask.typing import ResponseReturnValue as Page

from engine import proposals, sketches
from engine.bundles import Bundle
from engine.bundles.archive import write_archive
from engine.bundles.plans import told
from engine.bundles.running import running
from engine.bundles.versions import ANALYST, Version, versions
from webapp.access import staff_only
from webapp.desk.queue import name_of
from webapp.house import bundle_named, business, businesses, clock, reading
from webapp.language import language
from webapp.studio.counts import counts
from webapp.studio.received import LARGEST
from webapp.studio.under_way import under_way

blueprint = Blueprint("studio", __name__, url_prefix="/studio")
blueprint.context_processor(lambda: {"staff_name": name_of})


@blueprint.get("")
@staff_only(ANALYST)
def home() -> Page:
    """Every business with the version in use, and what waits to be published."""
    return home_page()


def home_page() -> str:
    found = businesses()
    return render_template(
        "studio/home.html",
        businesses=found,
        current={one.business.id: _current(one.business.id) for one in found},
        running={one.business.id: sum(each.cases for each in running(reading(), one.business.id)) for one in found},
        waiting=proposals.waiting(reading()),
        sketches=sketches.of_business(reading()),
        names={one.business.id: one for one in found},
        largest=LARGEST,
        errors={},
    )


def _current(business_id: str) -> Version:
    return next(one for one in versions(reading(), business_id, clock().now()) if one.current)


@blueprint.get("/<business_id>")
@staff_only(ANALYST)
def about(business_id: str) -> Page:
    """One business: its versions, its running cases, and where to hand in a changed one."""
    bundle = the_business(business_id)
    return render_template("studio/business.html", errors={}, **about_page(bundle))


def about_page(bundle: Bundle) -> dict[str, object]:
    """What the page of a business shows."""
    mine = versions(reading(), bundle.business.id, clock().now())
    under = under_way(bundle.business.id, mine)
    return {
        "bundle": bundle,
        "versions": mine,
        "may_withdraw": under is None and len([one for one in mine if one.withdrawn is None]) > 1,
        "under_way": under,
        "plan_words": lambda one: [said.to(language()) for said in told(one.plan)],
        "counts": counts(reading(), bundle.business.id),
        "waiting": proposals.waiting(reading(), bundle.business.id),
        "sketches": sketches.of_business(reading(), bundle.business.id),
        "largest": LARGEST,
    }


@blueprint.get("/<business_id>/versions/<bundle_hash>.zip")
@staff_only(ANALYST)
def download(business_id: str, bundle_hash: str) -> Page:
    """One version as a zip, in the folders in which it is handed in again."""
    if bundle_hash not in {one.hash for one in versions(reading(), business_id, clock().now())}:
        abort(404)
    return packed(bundle_named(bundle_hash).files, f"{business_id}-{bundle_hash[:12]}.zip")


def packed(files: Mapping[str, bytes], name: str) -> Page:
    """The files as a zip to be saved; a path that leads out of the folder in which it is opened is left out."""
    inside = {path: data for path, data in files.items() if not {"", ".."} & set(path.split("/"))}
    return send_file(io.BytesIO(write_archive(inside)), "application/zip", as_attachment=True, download_name=name)


def the_business(business_id: str) -> Bundle:
    """The published version of a business, or no page."""
    return business(business_id) or abort(404)
