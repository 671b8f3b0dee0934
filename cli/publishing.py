"""`kaihu process publish`, `withdraw`, `back`, `widen` and `stop`: which version new cases take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import click

from cli import drawn
from cli.known import known
from cli.scenarios import refuse_red
from cli.store import opened
from cli.version_named import NO_VERSION, version_named
from cli.versions import comparison
from cli.who import account
from engine.actors import Actor
from engine.bundles import BadBundle, Bundle, bundle_of, in_use, published
from engine.bundles import withdraw as take_back
from engine.bundles.choosing import under_way
from engine.bundles.lint.ids import check_ids
from engine.bundles.plans import AT_ONCE, BadPlan, Plan, read_part, read_time, told
from engine.bundles.releasing import Proposed, go_back, look, may_release, release
from engine.bundles.releasing import stop as stop_it
from engine.bundles.releasing import widen as let_all_take
from engine.errors import Gone, NeedsAnother, NoVersionBefore, Overtaken, Unchanged, UnderWay
from engine.feel.said import Said, listed
from engine.store import Store

data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")
lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
author_option = click.option("--author", help="who does it [default: the account that runs this]")

SAME = Said("{business}：与使用中的版本相同，没有要发布的内容",
            "{business}: the same as the version in use, there is nothing to publish")  # fmt: skip
DRY = Said("检查都通过；没有发布（--dry-run）", "All checks pass; nothing was published (--dry-run)")
DONE = Said("{business}：新的受理单使用版本 {version}，办理中的不变",
            "{business}: new cases take version {version}, running ones stay with theirs")  # fmt: skip
PLANNED = Said("{business}：版本 {version} {plan}；其余新的受理单仍用版本 {before}",
               "{business}: version {version} {plan}; all other new cases take {before} as before")  # fmt: skip
STOPPED = Said("{business}：版本 {version} 已停下，新的受理单都用版本 {now}",
               "{business}: version {version} is stopped, all new cases take {now}")  # fmt: skip
ONE = Said("{path} 里有 {count} 个业务，请一次发布一个", "{path} holds {count} businesses; publish one at a time")
NOTE = Said("请用 --note 写明改了什么、为什么", "Say by --note what changed and why")
REFUSALS: dict[type[Exception], Said] = {
    Gone: Said("{business}：从未发布过", "{business}: was never published"),
    Overtaken: Said("{business}：刚刚有人发布或撤回了别的版本，请重新比较后再试",
                    "{business}: another version was published or withdrawn just now; compare and try again"),
    NoVersionBefore: Said("{business}：没有更早的版本可用，不能撤回；请改好后重新发布",
                          "{business}: there is no earlier version to go back to; mend it and publish it anew"),
    Unchanged: Said("{business}：这就是使用中的版本", "{business}: this is the version in use"),
    UnderWay: Said("{business}：有一个版本在等待启用或试行，请先用 kaihu process widen 或 stop 决定它",
                   "{business}: a version waits for its time or is tried with a part; decide that one first:"
                   " kaihu process widen or stop"),
    NeedsAnother: Said("{business}：公司规定须由第二人批准；请用 --approved-by 写明批准人，不能是 --author 本人",
                       "{business}: the company asks for a second person; name him by --approved-by, not the --author"),
}  # fmt: skip
NOTHING_UNDER_WAY = Said("{business}：没有等待启用或试行的版本", "{business}: no version waits or is tried")


@click.command("publish")
@click.argument("path", metavar="BUSINESS")
@click.option("--dry-run", is_flag=True, help="all checks, the differences, the running cases; nothing is written")
@click.option("--note", default="", help="what changed and why; stays with the version")
@click.option("--from", "begins", default="", metavar="TIME", help="new cases take it only from then: 2026-12-01 09:00")
@click.option(
    "--canary", default="", metavar="10%|BRANCH,...", help="try it with a share of the new cases, or branches"
)
@click.option("--approved-by", default="", help="the second person, where the company asks for one")
@author_option
@lang_option
@data_option
def publish_business(
    path: str, dry_run: bool, note: str, begins: str, canary: str, approved_by: str, author: str | None, lang: str,
    data: str | None,
) -> None:  # fmt: skip
    """Publish BUSINESS (or its folder or zip): new cases take it, running ones stay with theirs."""
    if not dry_run:
        refuse_blank(note, lang)
    bundle = _only(path, lang)
    business = bundle.business.id
    with opened(data) as store, in_words(business, lang):
        plan, before = _plan(begins, canary), _in_use(store, business)
        _tell(store, bundle, before, lang)
        if before == bundle.hash:
            click.echo(SAME.filled(business=business).to(lang))
            return
        by, proposed = _operator(approved_by or author), Proposed(_operator(author).name, store.clock.now())
        with store.read() as tx:
            may_release(store, tx, bundle, by, over=before, plan=plan, proposed=proposed)
        _refuse_changed_ids(store, bundle, before, lang)
        refuse_red(bundle, lang)
        if not dry_run:
            release(store, bundle, note, by, over=before, plan=plan, proposed=proposed)
    click.echo(_outcome(bundle, before, plan).to(lang))
    if dry_run:
        click.echo(DRY.to(lang))


@click.command()
@click.argument("business")
@click.option("--note", default="", help="why; stays with the version")
@author_option
@lang_option
@data_option
def withdraw(business: str, note: str, author: str | None, lang: str, data: str | None) -> None:
    """Take back the version of BUSINESS in use: new cases take the one before; nothing is deleted."""
    refuse_blank(note, lang)
    with opened(data) as store, in_words(business, lang):
        with store.read() as tx:
            current = published(tx, business, store.clock.now())
        now = take_back(store, business, note, _operator(author), version=current)
    click.echo(DONE.filled(business=business, version=now[:12]).to(lang))


@click.command()
@click.argument("business")
@click.argument("version")
@click.option("--note", default="", help="why; stays with the version")
@author_option
@lang_option
@data_option
def back(business: str, version: str, note: str, author: str | None, lang: str, data: str | None) -> None:
    """Let new cases of BUSINESS take VERSION (its number, or how its id begins) again; running ones stay."""
    refuse_blank(note, lang)
    with opened(data) as store, in_words(business, lang):
        with store.read() as tx:
            published(tx, business, store.clock.now())
            seen = look(tx, business, store.clock.now())
        to = _version(store, business, version, lang)
        go_back(store, business, to, note, _operator(author), seen=seen)
    click.echo(DONE.filled(business=business, version=to[:12]).to(lang))


@click.command()
@click.argument("business")
@author_option
@lang_option
@data_option
def widen(business: str, author: str | None, lang: str, data: str | None) -> None:
    """Let every new case of BUSINESS take the version that is tried with a part of them."""
    with opened(data) as store, in_words(business, lang):
        version = _under_way(store, business, lang)
        let_all_take(store, business, _operator(author), version=version)
    click.echo(DONE.filled(business=business, version=version[:12]).to(lang))


@click.command()
@click.argument("business")
@click.option("--note", default="", help="why; stays with the version")
@author_option
@lang_option
@data_option
def stop(business: str, note: str, author: str | None, lang: str, data: str | None) -> None:
    """Take back the version of BUSINESS that waits for its time or is tried with a part of the new cases."""
    with opened(data) as store, in_words(business, lang):
        version = _under_way(store, business, lang)
        stop_it(store, business, _operator(author), version=version, note=note)
        now = _in_use(store, business) or ""
    click.echo(STOPPED.filled(business=business, version=version[:12], now=now[:12]).to(lang))


def _plan(begins: str, canary: str) -> Plan:
    part = read_part(canary) if canary.strip() else AT_ONCE
    return replace(part, starts_at=read_time(begins))


def _outcome(bundle: Bundle, before: str | None, plan: Plan) -> Said:
    named = {"business": bundle.business.id, "version": bundle.hash[:12]}
    if plan == AT_ONCE or before is None:
        return DONE.filled(**named)
    return PLANNED.filled(**named, plan=listed(told(plan)), before=before[:12])


def _only(path: str, lang: str) -> Bundle:
    try:
        bundles = drawn.read(path)
    except BadBundle as wrong:
        raise click.ClickException(wrong.text(lang)) from wrong
    if len(bundles) > 1:
        raise click.ClickException(ONE.filled(path=path, count=str(len(bundles))).to(lang))
    return bundles[0]


def _tell(store: Store, bundle: Bundle, before: str | None, lang: str) -> None:
    with store.read() as tx:
        for line in comparison(tx, bundle, before, lang):
            click.echo(line)


def _refuse_changed_ids(store: Store, bundle: Bundle, before: str | None, lang: str) -> None:
    with store.read() as tx:
        found = check_ids(bundle_of(tx, before, known()), bundle) if before else []
    if found:
        raise click.ClickException("\n".join(each.text(lang) for each in found))


def _in_use(store: Store, business: str) -> str | None:
    with store.read() as tx:
        return in_use(tx, business, store.clock.now())


def _under_way(store: Store, business: str, lang: str) -> str:
    with store.read() as tx:
        row = under_way(tx, business, store.clock.now())
    if row is None:
        raise click.ClickException(NOTHING_UNDER_WAY.filled(business=business).to(lang))
    return row.bundle_hash


def _version(store: Store, business: str, said: str, lang: str) -> str:
    with store.read() as tx:
        found = version_named(tx, business, said, store.clock.now())
    if found is None:
        raise click.ClickException(NO_VERSION.filled(business=business, version=said).to(lang))
    return found


def _operator(author: str | None) -> Actor:
    """Whoever may run commands on the data folder may publish; he says, or the system knows, who he is."""
    return Actor("system", "operator", (author or account())[:64])


def refuse_blank(note: str, lang: str) -> None:
    if not note.strip():
        raise click.ClickException(NOTE.to(lang))


@contextmanager
def in_words(business: str, lang: str) -> Iterator[None]:
    """The engine's refusals as sentences."""
    try:
        yield
    except BadPlan as wrong:
        raise click.ClickException(wrong.said.to(lang)) from wrong
    except tuple(REFUSALS) as refused:
        raise click.ClickException(REFUSALS[type(refused)].filled(business=business).to(lang)) from refused
