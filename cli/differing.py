"""`kaihu process diff`: what two versions of a business differ in, in sentences, for reviews and CI."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

import click

from cli import drawn
from cli.known import known
from cli.store import opened
from cli.version_named import version_named
from engine.bundles import SECTIONS, BadBundle, Bundle, bundle_of, differences
from engine.bundles.differences.laid_out import MOVED, laid_out
from engine.feel.said import Said

NO_DIFFERENCE = Said("没有差别", "No difference")
LAYOUT = Said("只是版面", "Layout only")
TWO = Said(
    "{old} 是业务 {first}，{new} 是业务 {second}；请比较同一个业务的两个版本",
    "{old} is the business {first}, {new} is {second}; compare two versions of one business",
)
NO_VERSION = Said(
    "没有版本 {said}；写成 业务@版本号、业务@版本编号的前几位，或 业务@current",
    "there is no version {said}; write BUSINESS@NUMBER, BUSINESS@ID (how it begins), or BUSINESS@current",
)
SEVERAL = Said(
    "{path} 里有 {count} 个业务，请写其中一个的文件夹", "{path} holds {count} businesses; name the folder of one"
)


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="as JSON, for programs")
@click.option("--exit-code", is_flag=True, help="end with 1 when there are differences")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option("--data", default=None, help="folder of this installation, for versions [default: ./data]")
def diff(old: str, new: str, as_json: bool, exit_code: bool, lang: str, data: str | None) -> None:
    """Say what differs from OLD to NEW: folders, zips, businesses here, or published versions as BUSINESS@VERSION."""
    before, after = _bundle(old, lang, data), _bundle(new, lang, data)
    if before.business.id != after.business.id:
        two = TWO.filled(old=old, new=new, first=before.business.id, second=after.business.id)
        raise click.ClickException(two.to(lang))
    click.echo(_plain(before, after) if as_json else "\n".join(_lines(before, after, lang)))
    if exit_code and before.hash != after.hash:
        sys.exit(1)


def _lines(before: Bundle, after: Bundle, lang: str) -> Iterator[str]:
    if before.hash == after.hash:
        yield NO_DIFFERENCE.to(lang)
        return
    section = ""
    for each in differences(before, after):
        if each.section != section:
            section = each.section
            yield SECTIONS[section].to(lang)
        yield f"  {each.said.to(lang)}"
    if moved := laid_out(before, after):
        yield LAYOUT.to(lang)
        yield from (f"  {MOVED.filled(what=each.what).to(lang)}" for each in moved)


def _plain(before: Bundle, after: Bundle) -> str:
    told = {
        "business": after.business.id,
        "old": before.hash,
        "new": after.hash,
        "differences": [each.plain() for each in differences(before, after)],
        "layout": [{"process": each.key[0], "element": each.key[1]} for each in laid_out(before, after)],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _bundle(said: str, lang: str, data: str | None) -> Bundle:
    business, at, version = said.rpartition("@")
    if at and "/" not in version:
        return _published(business, version, said, lang, data)
    try:
        found = drawn.read(said)
    except BadBundle as wrong:
        raise click.ClickException(wrong.text(lang)) from wrong
    if len(found) > 1:
        raise click.ClickException(SEVERAL.filled(path=said, count=str(len(found))).to(lang))
    return found[0]


def _published(business: str, version: str, said: str, lang: str, data: str | None) -> Bundle:
    with opened(data) as store, store.read() as tx:
        found = version_named(tx, business, version, store.clock.now())
        if found is None:
            raise click.ClickException(NO_VERSION.filled(said=said).to(lang))
        return bundle_of(tx, found, known())
