"""What everybody may read before signing in: the businesses, their flow pictures, help (S1, S4, S12)."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue as Page

from engine.bundles import Bundle
from webapp.house import business, businesses
from webapp.language import language
from webapp.public import flow, texts
from webapp.public.around import hours, notices, qr

blueprint = Blueprint("public", __name__)


@blueprint.get("/")
def entry() -> Page:
    mine = [bundle for bundle in businesses() if bundle.business.started_by == "investor"]
    return render_template("public/entry.html", businesses=mine, hours=hours(), notices=notices())


@blueprint.get("/business/<business_id>")
def about(business_id: str) -> Page:
    bundle = _found(business_id)
    return render_template(
        "public/business.html",
        bundle=bundle,
        pictures=flow.picture(bundle, language()),
        lines=flow.lines(bundle),
        hours=hours(),
        qr=qr(url_for("signin.form", business_id=business_id)),
    )


@blueprint.get("/page/<name>")
def page(name: str) -> Page:
    return render_template("public/text.html", page=texts.page(name))


def _found(business_id: str) -> Bundle:
    return business(business_id) or abort(404)
