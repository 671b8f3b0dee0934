"""`kaihu process test`: the scenarios of a business are played, and what they pass of its diagrams is counted."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator

import click

from cli import drawn, preparing
from cli.known import known
from engine.bundles import BadBundle, Bundle
from engine.feel.said import Said
from engine.scenarios import Coverage, Played, Report, plain, run

HOLD = Said("{business}：{count} 个场景都成立", "{business}: all {count} scenarios hold")
DO_NOT = Said("{business}：{count} 个场景里有 {wrong} 个不成立", "{business}: {wrong} of {count} scenarios do not hold")
NONE = Said("{business}：没有场景", "{business}: there are no scenarios")
PASSED = Said(
    "经过连线 {flows}（{flows_percent} %），元素 {nodes}（{nodes_percent} %）",
    "flows passed: {flows} ({flows_percent} %), elements: {nodes} ({nodes_percent} %)",
)
MISSED_FLOW = Said("没有经过连线 {flow}：{source} → {target}", "flow not passed: {flow}, {source} → {target}")
MISSED_NODE = Said("没有经过 {node}", "not passed: {node}")
RED = Said(
    "{business}：有场景不成立，没有发布。请改正后再发布；用 kaihu process test 可以重新试跑",
    "{business}: a scenario does not hold, nothing was published; mend it and try again by kaihu process test",
)
OK, WRONG = Said("成立", "holds"), Said("不成立", "does not hold")


@click.command("test")
@click.argument("path", metavar="[BUSINESS|FOLDER|ZIP]", default="")
@click.option("--json", "as_json", is_flag=True, help="the whole report as JSON, for programs")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def test_business(path: str, as_json: bool, lang: str) -> None:
    """Play the scenarios of a business in a house of their own; of every business here if none is named.

    Says which hold, what is wrong with the others, and what of the diagrams none of them passes. Ends with 1 when a
    scenario does not hold.
    """
    try:
        bundles = drawn.read(path or str(preparing.ROOT))
    except BadBundle as wrong:
        raise click.ClickException(wrong.text(lang)) from wrong
    reports = [(bundle, run(bundle, known(), time.monotonic)) for bundle in bundles]
    if as_json:
        click.echo(json.dumps([plain(*each) for each in reports], ensure_ascii=False, indent=2))
    for bundle, report in () if as_json else reports:
        for line in told(bundle, report, lang):
            click.echo(line)
    if not all(report.green for _, report in reports):
        sys.exit(1)


def told(bundle: Bundle, report: Report, lang: str) -> Iterator[str]:
    """The report in lines of text."""
    yield _whole(bundle.business.id, report).to(lang)
    for one in report.played:
        yield from _one(one, lang)
    yield from _coverage(report.coverage, lang)


def _whole(business: str, report: Report) -> Said:
    count, wrong = len(report.played), sum(not one.holds for one in report.played)
    said = NONE if not count else DO_NOT if wrong else HOLD
    return said.filled(business=business, count=str(count), wrong=str(wrong))


def _one(one: Played, lang: str) -> Iterator[str]:
    name = one.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    yield f"  {(OK if one.holds else WRONG).to(lang)}  {name}  {one.name}"
    for finding in one.findings:
        yield f"    {finding.text(lang)}"


def _coverage(found: Coverage, lang: str) -> Iterator[str]:
    counted = {
        f"{name}{suffix}": text
        for name, share in (("flows", found.flows), ("nodes", found.nodes))
        for suffix, text in (("", f"{share.passed}/{share.total}"), ("_percent", str(share.percent)))
    }
    yield "  " + PASSED.filled(**counted).to(lang)
    for node in found.missed_nodes:
        yield f"    {node.file}:{node.line} " + MISSED_NODE.filled(node=node.id).to(lang)
    for flow in found.missed_flows:
        said = MISSED_FLOW.filled(flow=flow.id, source=flow.source, target=flow.target)
        yield f"    {flow.file}:{flow.line} " + said.to(lang)


def refuse_red(bundle: Bundle, lang: str) -> None:
    """A version is published when every scenario of it holds; the refusal says which does not, and why."""
    report = run(bundle, known(), time.monotonic)
    if report.green:
        return
    wrong = "\n".join(finding.text(lang) for finding in report.findings)
    said = RED.filled(business=bundle.business.id).to(lang)
    raise click.ClickException(f"{said}\n{wrong}")
