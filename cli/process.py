"""`kaihu process`: check, compare, publish and withdraw the versions of a business."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict

import click

from cli import drawn, sarif
from cli.migrating import impact_command, migrate_command
from cli.scenarios import refuse_red, test_business
from cli.store import opened
from cli.versions import comparison, listing
from cli.who import account
from engine.actors import Actor
from engine.bundles import BadBundle, Bundle, published, release
from engine.bundles import withdraw as take_back
from engine.errors import Gone, NoVersionBefore, Overtaken
from engine.feel.findings import Finding
from engine.feel.said import Said
from engine.store import Store

data_option = click.option("--data", default=None, help="folder of this installation [default: ./data]")
lang_option = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
author_option = click.option("--author", help="who does it [default: the account that runs this]")

SOUND = Said("{business}：没有发现问题；版本 {version}", "{business}: nothing to find; version {version}")
SAME = Said("{business}：与使用中的版本相同，没有要发布的内容",
            "{business}: the same as the version in use, there is nothing to publish")  # fmt: skip
DRY = Said("没有发布（--dry-run）", "Nothing was published (--dry-run)")
DONE = Said("{business}：新的受理单使用版本 {version}，办理中的不变",
            "{business}: new cases take version {version}, running ones stay with theirs")  # fmt: skip
ONE = Said("{path} 里有 {count} 个业务，请一次发布一个", "{path} holds {count} businesses; publish one at a time")
NOTE = Said("请用 --note 写明改了什么、为什么", "Say by --note what changed and why")
REFUSALS: dict[type[Exception], Said] = {
    Gone: Said("{business}：从未发布过", "{business}: was never published"),
    Overtaken: Said("{business}：刚刚有人发布或撤回了别的版本，请重新比较后再试",
                    "{business}: another version was published or withdrawn just now; compare and try again"),
    NoVersionBefore: Said("{business}：没有更早的版本可用，不能撤回；请改好后重新发布",
                          "{business}: there is no earlier version to go back to; mend it and publish it anew"),
}  # fmt: skip


@click.group()
def process() -> None:
    """Businesses: diagrams, decisions, forms, reasons and texts."""


process.add_command(test_business)
process.add_command(impact_command)
process.add_command(migrate_command)


@process.command()
@click.argument("path")
@click.option("--json", "form", flag_value="json", help="the findings as JSON, for programs")
@click.option("--sarif", "form", flag_value="sarif", help="as SARIF 2.1.0, for code reviews")
@lang_option
def lint(path: str, form: str | None, lang: str) -> None:
    """Say everything that is wrong with PATH: a business, its folder, a checkout, or a zip."""
    try:
        bundles = drawn.read(path)
    except BadBundle as wrong:
        click.echo(_formal(form, wrong.findings, lang) if form else wrong.text(lang))
        sys.exit(1)
    click.echo(_formal(form, (), lang) if form else "\n".join(_sound(bundle, lang) for bundle in bundles))


@process.command("publish")
@click.argument("path", metavar="BUSINESS")
@click.option("--dry-run", is_flag=True, help="only say what would change, and where the running cases stand")
@click.option("--note", default="", help="what changed and why; stays with the version")
@author_option
@lang_option
@data_option
def publish_business(path: str, dry_run: bool, note: str, author: str | None, lang: str, data: str | None) -> None:
    """Publish BUSINESS (or its folder or zip): new cases take it, running ones stay with theirs."""
    if not dry_run:
        _refuse_blank(note, lang)
    bundle = _only(path, lang)
    business = bundle.business.id
    with opened(data) as store, _in_words(business, lang):
        before = _in_use(store, business)
        _tell(store, bundle, before, lang)
        if before == bundle.hash or dry_run:
            said = SAME if before == bundle.hash else DRY
        else:
            refuse_red(bundle, lang)
            release(store, bundle, note, _operator(author), over=before)
            said = DONE
    click.echo(said.filled(business=business, version=bundle.hash[:12]).to(lang))


@process.command()
@click.argument("business")
@lang_option
@data_option
def versions(business: str, lang: str, data: str | None) -> None:
    """Every version of BUSINESS: when, by whom, why, whether it was withdrawn, and its running cases."""
    with opened(data) as store, store.read() as tx, _in_words(business, lang):
        published(tx, business)
        for line in listing(tx, business, lang):
            click.echo(line)


@process.command()
@click.argument("business")
@click.option("--note", default="", help="why; stays with the version")
@author_option
@lang_option
@data_option
def withdraw(business: str, note: str, author: str | None, lang: str, data: str | None) -> None:
    """Take back the version of BUSINESS in use: new cases take the one before; nothing is deleted."""
    _refuse_blank(note, lang)
    with opened(data) as store, _in_words(business, lang):
        with store.read() as tx:
            current = published(tx, business)
        now = take_back(store, business, note, _operator(author), version=current)
    click.echo(DONE.filled(business=business, version=now[:12]).to(lang))


def _formal(form: str, findings: Sequence[Finding], lang: str) -> str:
    told = sarif.log(findings, lang) if form == "sarif" else [asdict(finding) for finding in findings]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _sound(bundle: Bundle, lang: str) -> str:
    return SOUND.filled(business=bundle.business.id, version=bundle.hash[:12]).to(lang)


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


def _in_use(store: Store, business: str) -> str | None:
    try:
        with store.read() as tx:
            return published(tx, business)
    except Gone:
        return None


def _operator(author: str | None) -> Actor:
    """Whoever may run commands on the data folder may publish; he says, or the system knows, who he is."""
    return Actor("system", "operator", (author or account())[:64])


def _refuse_blank(note: str, lang: str) -> None:
    if not note.strip():
        raise click.ClickException(NOTE.to(lang))


@contextmanager
def _in_words(business: str, lang: str) -> Iterator[None]:
    """The engine's refusals as sentences."""
    try:
        yield
    except tuple(REFUSALS) as refused:
        raise click.ClickException(REFUSALS[type(refused)].filled(business=business).to(lang)) from refused
