"""The live diagram: how the steps of a business go, drawn on it, in words, as SVG and as CSV, and who stands where."""

from __future__ import annotations

import csv
import io

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue as Page

from engine.bundles import Bundle
from engine.bundles.versions import ANALYST, versions
from engine.flow_figures import figures
from webapp.access import staff_only
from webapp.house import bundle_named, business, clock, reading
from webapp.studio.live_measures import MEASURES, plain
from webapp.studio.live_page import Live, live, one_picture
from webapp.studio.live_wish import DAYS, LiveWish, read_wish
from webapp.studio.standing_at import listed
from webapp.studio.views import blueprint


@blueprint.get("/<business_id>/live")
@staff_only(ANALYST)
def live_diagram(business_id: str) -> Page:
    """Counts and times alone: nothing of any customer."""
    names = {name: measure.name() for name, measure in MEASURES.items()}
    return render_template("studio/live.html", live=_live(business_id), measures=names, windows=DAYS)


@blueprint.get("/<business_id>/live.svg")
@staff_only(ANALYST)
def live_svg(business_id: str) -> Page:
    return _saved(one_picture(_live(business_id).drawn), "image/svg+xml", f"{business_id}.svg")


@blueprint.get("/<business_id>/live.csv")
@staff_only(ANALYST)
def live_csv(business_id: str) -> Page:
    """Cases, shares of 1 and seconds, with the byte order mark by which spreadsheets know UTF-8."""
    bundle, wish = _asked(business_id)
    found = figures(reading(), wish.figures_wish(business_id, clock().now()), clock().now())
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(["step", *MEASURES])
    for step in [*(one.id for one in bundle.steps), *sorted(found.steps.keys() - {one.id for one in bundle.steps})]:
        if one := found.steps.get(step):
            rows.writerow([step, *(plain(measure.value(one)) for measure in MEASURES.values())])
    return _saved("\ufeff" + written.getvalue(), "text/csv; charset=utf-8", f"{business_id}.csv")


@blueprint.get("/<business_id>/live/<step>")
@staff_only(ANALYST)
def standing_at(business_id: str, step: str) -> Page:
    """The cases that stand at a step, the oldest first, by their numbers alone."""
    bundle, wish = _asked(business_id)
    after = request.args.get("after", "")
    return render_template("studio/standing_at.html", **listed(bundle, step, wish.version, after))


def _live(business_id: str) -> Live:
    bundle, wish = _asked(business_id)
    return live(bundle, wish, versions(reading(), business_id, clock().now()))


def _asked(business_id: str) -> tuple[Bundle, LiveWish]:
    """The version that is drawn: the one that is asked for, else the one in use."""
    current = business(business_id) or abort(404)
    wish = read_wish(request.args, versions(reading(), business_id, clock().now()))
    return (bundle_named(wish.version.hash) if wish.version else current), wish


def _saved(body: str, kind: str, name: str) -> Response:
    return Response(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
