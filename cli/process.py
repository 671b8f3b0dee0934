"""`kaihu process`: check and compare the versions of a business; publishing stands in a file of its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

import click

from cli import drawn, publishing, sarif
from cli.differing import diff
from cli.migrating import impact_command, migrate_command
from cli.publishing import data_option, in_words, lang_option
from cli.scenarios import test_business
from cli.store import opened
from cli.versions import listing
from engine.bundles import BadBundle, Bundle, published
from engine.bundles.lint.ids import check_ids
from engine.feel.findings import Finding
from engine.feel.said import Said

SOUND = Said("{business}：没有发现问题；版本 {version}", "{business}: nothing to find; version {version}")


@click.group()
def process() -> None:
    """Businesses: diagrams, decisions, forms, reasons and texts."""


process.add_command(test_business)
process.add_command(impact_command)
process.add_command(migrate_command)
process.add_command(diff)
process.add_command(publishing.publish_business)
process.add_command(publishing.withdraw)
process.add_command(publishing.back)
process.add_command(publishing.widen)
process.add_command(publishing.stop)


@process.command()
@click.argument("path")
@click.option("--json", "form", flag_value="json", help="the findings as JSON, for programs")
@click.option("--sarif", "form", flag_value="sarif", help="as SARIF 2.1.0, for code reviews")
@click.option("--against", metavar="PATH", help="the version before: an id keeps its meaning, a step that stays its id")
@lang_option
def lint(path: str, form: str | None, against: str | None, lang: str) -> None:
    """Say everything that is wrong with PATH: a business, its folder, a checkout, or a zip."""
    try:
        bundles = drawn.read(path)
        _refuse_changed_ids(bundles, drawn.read(against) if against else [])
    except BadBundle as wrong:
        click.echo(_formal(form, wrong.findings, lang) if form else wrong.text(lang))
        sys.exit(1)
    click.echo(_formal(form, (), lang) if form else "\n".join(_sound(bundle, lang) for bundle in bundles))


@process.command()
@click.argument("business")
@lang_option
@data_option
def versions(business: str, lang: str, data: str | None) -> None:
    """Every version of BUSINESS: when, by whom, why, whether it was withdrawn, and its running cases."""
    with opened(data) as store, store.read() as tx, in_words(business, lang):
        published(tx, business, store.clock.now())
        for line in listing(tx, business, lang):
            click.echo(line)


def _refuse_changed_ids(bundles: Sequence[Bundle], before: Sequence[Bundle]) -> None:
    old = {bundle.business.id: bundle for bundle in before}
    pairs = [(old[each.business.id], each) for each in bundles if each.business.id in old]
    found = [finding for was, now in pairs for finding in check_ids(was, now)]
    if found:
        raise BadBundle(found)


def _formal(form: str, findings: Sequence[Finding], lang: str) -> str:
    told = sarif.log(findings, lang) if form == "sarif" else [asdict(finding) for finding in findings]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _sound(bundle: Bundle, lang: str) -> str:
    return SOUND.filled(business=bundle.business.id, version=bundle.hash[:12]).to(lang)
