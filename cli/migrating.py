"""`kaihu process impact` and `kaihu process migrate`: what a version means for running cases, and moving them to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import click
from sqlalchemy.orm import Session

from cli import drawn
from cli.known import known
from cli.store import opened
from cli.told_impact import lines_of, result_line
from cli.version_named import NO_VERSION, version_named
from cli.who import operator
from engine import migration
from engine.bundles import BadBundle, Bundle, bundle_of
from engine.errors import Gone
from engine.feel.said import Said
from engine.migration import Order
from engine.migration.homes import BadHomes, read_homes
from engine.migration.impact import as_plain
from engine.store import Store

DONE = Said("{done} / {total}", "{done} of {total}")
NO_CASE = Said("没有要迁移的受理单", "There is no case to migrate")
NOBODY = Said("没有这个迁移：{id}", "There is no migration {id}")
TO = Said(
    "请用 --to 写明迁移到哪个版本（版本号或版本编号的前几位）",
    "Say by --to which version (its number, or how its id begins)",
)
NOTE = Said("请用 --note 写明为什么迁移", "Say by --note why they are migrated")
ORDER = Said("迁移 {id}：{cases} 件受理单到版本 {version}", "Migration {id}: {cases} cases to version {version}")
UNDO = Said(
    "要撤回还没有动过的：kaihu process migrate --undo {id}",
    "To take back what is untouched: kaihu process migrate --undo {id}",
)
BACK = Said("{number}：已回到原来的版本", "{number}: on its version of before again")
NOT_BACK = Said("{number}：迁移之后有过操作，留在新版本", "{number}: something has happened since, it stays")

data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")
lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
map_option = click.option(
    "--map", "maps", multiple=True, metavar="OLD=NEW", help="what a step or event became; OLD= lets it go"
)


@click.command("impact")
@click.argument("path", metavar="BUSINESS")
@map_option
@click.option("--json", "as_json", is_flag=True, help="as JSON, for programs")
@lang_option
@data_option
def impact_command(path: str, maps: tuple[str, ...], as_json: bool, lang: str, data: str | None) -> None:
    """What BUSINESS (or its folder or zip) would mean for every running case, place by place; nothing is written."""
    with opened(data) as store, in_words(lang):
        for bundle in drawn.read(path):
            found = migration.impact(store, bundle, read_homes(maps), _progress(lang))
            if as_json:
                click.echo(json.dumps(as_plain(found), ensure_ascii=False, indent=2))
                continue
            with store.read() as tx:
                for line in lines_of(tx, found, bundle, lang):
                    click.echo(line)


@click.command("migrate")
@click.argument("business", required=False)
@click.option("--to", "to", help="the version: its number, or how its id begins")
@click.option("--from", "versions_from", multiple=True, help="only cases of this version; may be given several times")
@click.option("--step", help="only cases at this step")
@click.option("--case", "cases", multiple=True, help="only this case, by number or id; may be given several times")
@map_option
@click.option("--dry-run", is_flag=True, help="only say what it would mean; nothing is written")
@click.option("--note", default="", help="why; stays with the migration and in the audit of each case")
@click.option("--resume", metavar="ID", help="go on with a migration that was broken off")
@click.option("--undo", metavar="ID", help="take a migration back, for the cases that nothing has happened to since")
@click.option("--by", default=None, help="who you are [default: your name on this machine]")
@lang_option
@data_option
def migrate_command(
    business: str | None, to: str | None, versions_from: tuple[str, ...], step: str | None, cases: tuple[str, ...],
    maps: tuple[str, ...], dry_run: bool, note: str, resume: str | None, undo: str | None, by: str | None, lang: str,
    data: str | None,
) -> None:  # fmt: skip
    """Put running cases of BUSINESS on another version, each in its own transaction; what cannot go stays."""
    with opened(data) as store, in_words(lang):
        if undo or resume:
            (_undo if undo else _go_on)(store, undo or resume or "", by, lang)
            return
        if not business or not to:
            raise click.ClickException(TO.to(lang))
        with store.read() as tx:
            now = store.clock.now()
            target = _version(tx, business, to, now, lang)
            sources = [_version(tx, business, one, now, lang).hash for one in versions_from]
        order = Order(business, target.hash, note, read_homes(maps), sources, step, cases)
        if dry_run:
            _dry_run(store, order, target, lang)
            return
        if not note.strip():
            raise click.ClickException(NOTE.to(lang))
        _go_on(store, migration.begin(store, order, operator(by)), by, lang)


def _dry_run(store: Store, order: Order, target: Bundle, lang: str) -> None:
    with store.read() as tx:
        found = migration.impact(store, target, order.homes, _progress(lang), order)
        for line in lines_of(tx, found, target, lang):
            click.echo(line)


def _go_on(store: Store, migration_id: str, by: str | None, lang: str) -> None:
    with in_words(lang, migration_id):
        moved = migration.go_on(store, migration_id, operator(by), limit=0)
        said = ORDER.filled(id=migration_id, cases=str(moved.total), version=moved.to[:12])
        click.echo(said.to(lang) if moved.total else NO_CASE.to(lang))
        while not moved.ended:
            moved = migration.go_on(store, migration_id, operator(by))
            click.echo(DONE.filled(done=str(moved.done), total=str(moved.total)).to(lang), err=True)
    with store.read() as tx:
        for each in migration.results(tx, migration_id):
            click.echo(result_line(each, lang))
    if moved.total:
        click.echo(UNDO.filled(id=migration_id).to(lang))


def _undo(store: Store, migration_id: str, by: str | None, lang: str) -> None:
    with in_words(lang, migration_id):
        back = migration.take_back(store, migration_id, operator(by))
    with store.read() as tx:
        numbers = {each.case_id: each.number or each.case_id for each in migration.results(tx, migration_id)}
    for case_id, done in back.items():
        click.echo((BACK if done else NOT_BACK).filled(number=numbers[case_id]).to(lang))


def _version(tx: Session, business: str, said: str, now: datetime, lang: str) -> Bundle:
    found = version_named(tx, business, said, now)
    if found is None:
        raise click.ClickException(NO_VERSION.filled(business=business, version=said).to(lang))
    return bundle_of(tx, found, known())


def _progress(lang: str) -> Callable[[int, int], None]:
    """On stderr, so that a pipe gets the result and nothing else."""
    return lambda done, total: click.echo(DONE.filled(done=str(done), total=str(total)).to(lang), err=True)


@contextmanager
def in_words(lang: str, migration_id: str = "") -> Iterator[None]:
    """Refusals as sentences."""
    try:
        yield
    except BadBundle as wrong:
        raise click.ClickException(wrong.text(lang)) from wrong
    except BadHomes as wrong:
        raise click.ClickException(wrong.said.to(lang)) from wrong
    except Gone as wrong:
        raise click.ClickException(NOBODY.filled(id=migration_id).to(lang)) from wrong
