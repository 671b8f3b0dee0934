"""Moving running cases to another version: chosen, tried on copies, begun with a note, watched, taken back."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Page

from engine import migration
from engine.bundles import Bundle
from engine.bundles.versions import ANALYST, versions
from engine.errors import Conflict, Gone, NoRoom
from engine.migration.homes import BadHomes, checked
from engine.proposals import LONGEST_NOTE
from engine.tables import Migration
from webapp.access import current_staff, quiet, staff_only
from webapp.house import bundle_named, clock, look_again, reading, store
from webapp.language import language
from webapp.language import words as _
from webapp.steps.refusals import not_stored
from webapp.studio.impact_look import begin_impact, impact_look, progress
from webapp.studio.migration_wish import Wish
from webapp.studio.proposals import SHORTEST_NOTE
from webapp.studio.told_results import told_results
from webapp.studio.views import blueprint, the_business

AT_ONCE = 20
"""Cases a request: the page asks for the next ones by itself, and a button does without scripts."""


@blueprint.get("/<business_id>/migration")
@staff_only(ANALYST)
def choose_migration(business_id: str) -> Page:
    """Which cases, to which version; with a version named, what that would mean. Nothing is written."""
    found, wish = the_business(business_id), Wish.of(request.args)
    if "to" in request.args and not wish.to:
        return _page(found, wish, "", {"to": _("请选择要迁移到的版本。")}, 422)
    return _page(found, wish)


@blueprint.post("/<business_id>/migration/trial")
@staff_only(ANALYST)
def try_migration(business_id: str) -> Page:
    """What that would mean is tried on copies, beside the requests; the page says how far it is."""
    found, wish = the_business(business_id), Wish.of(request.form)
    if not wish.to:
        return _page(found, wish, "", {"to": _("请选择要迁移到的版本。")}, 422)
    if _wrong(business_id, wish):
        return _page(found, wish)
    target = bundle_named(wish.to)
    reading().rollback()
    begin_impact(target, wish.order(business_id, ""))
    return redirect(url_for("studio.choose_migration", business_id=business_id, _anchor="tried", **wish.words), 303)


@blueprint.get("/<business_id>/migration/progress")
@quiet
@staff_only(ANALYST)
def migration_progress(business_id: str) -> Page:
    wish = Wish.of(request.args)
    ask = url_for("studio.migration_progress", business_id=business_id, **wish.words)
    there = url_for("studio.choose_migration", business_id=business_id, **wish.words)
    return progress(wish.order(business_id, ""), ask, there)


@blueprint.post("/<business_id>/migration")
@staff_only(ANALYST)
def begin_migration(business_id: str) -> Page:
    found, wish, note = the_business(business_id), Wish.of(request.form), request.form.get("note", "").strip()
    if not SHORTEST_NOTE <= len(note) <= LONGEST_NOTE:
        least, most = SHORTEST_NOTE, LONGEST_NOTE
        told = _("请写明为什么迁移（%(least)d 至 %(most)d 个字）", least=least, most=most)
        return _page(found, wish, note, {"note": told}, 422)
    try:
        order = migration.begin(store(), wish.order(business_id, note), current_staff().actor)
    except Gone:
        return _page(found, Wish(), note, {"to": _("没有这个版本。请重新选择要迁移到的版本。")}, 422)
    except BadHomes:  # the page says which
        return _page(found, wish, note)
    except (NoRoom, Conflict) as refused:
        told, status = not_stored(refused)
        return _page(found, wish, note, {"": told}, status)
    return redirect(url_for("studio.migration", migration_id=order), 303)


@blueprint.get("/migrations/<migration_id>", endpoint="migration")
@staff_only(ANALYST)
def migration_page(migration_id: str) -> Page:
    return render_template("studio/migration_results.html", **_told(_the_migration(migration_id)))


@blueprint.post("/migrations/<migration_id>/next")
@staff_only(ANALYST)
def next_migrated(migration_id: str) -> Page:
    """The next cases; a script gets the part of the page that has changed."""
    row = _the_migration(migration_id)
    try:
        migration.go_on(store(), migration_id, current_staff().actor, limit=AT_ONCE)
    except (NoRoom, Conflict) as refused:
        flash(not_stored(refused)[0], "warn")
    look_again()
    if "HX-Request" in request.headers:
        return render_template("studio/migration_part.html", **_told(_the_migration(migration_id)))
    return redirect(url_for("studio.migration", migration_id=row.id), 303)


@blueprint.post("/migrations/<migration_id>/undo")
@staff_only(ANALYST)
def undo_migration(migration_id: str) -> Page:
    row = _the_migration(migration_id)
    try:
        back = migration.take_back(store(), row.id, current_staff().actor, request.form.get("case") or None)
    except (NoRoom, Conflict) as refused:
        flash(not_stored(refused)[0], "warn")
    else:
        stays = sum(not done for done in back.values())
        flash(_("已撤回 %(n)d 件。", n=sum(back.values())), "good")
        if stays:
            flash(_("%(n)d 件在迁移之后有过操作，留在新版本。", n=stays), "warn")
    return redirect(url_for("studio.migration", migration_id=row.id), 303)


def _the_migration(migration_id: str) -> Migration:
    return reading().get(Migration, migration_id) or abort(404)


def _told(row: Migration) -> dict[str, object]:
    numbers = _numbers(row.business)
    told = told_results(row, numbers)
    return {"row": row, "target": bundle_named(row.to_hash), "number": numbers.get(row.to_hash, 0), **told}


def _numbers(business: str) -> dict[str, int]:
    """Versions by what they are called: the first number under which each was published."""
    return {one.hash: one.number for one in versions(reading(), business, clock().now())}


def _page(found: Bundle, wish: Wish, note: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Page:
    business, errors = found.business.id, dict(errors or {})
    wrong = _wrong(business, wish) if wish.to else {}
    if wrong:
        wish, errors, status = Wish() if "to" in wrong else wish, {**errors, **wrong}, 422
    return render_template(
        "studio/migration.html", bundle=found, wish=wish, note=note, errors=errors, longest=LONGEST_NOTE,
        versions=versions(reading(), business, clock().now()), sources=wish.sources(business), steps=wish.steps(found),
        look=impact_look(bundle_named(wish.to), wish) if wish.to and not wrong else None,
        orders=migration.migrations_of(reading(), business), numbers=_numbers(business),
    ), status  # fmt: skip


def _wrong(business: str, wish: Wish) -> dict[str, str]:
    """What keeps this wish from being tried, by field."""
    if wish.to not in {one.hash for one in versions(reading(), business, clock().now())}:
        return {"to": _("没有这个版本。请重新选择要迁移到的版本。")}
    try:
        checked(bundle_named(wish.to), wish.homes)
    except BadHomes as wrong:
        return {"": wrong.said.to(language())}
    return {}
