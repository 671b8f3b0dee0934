"""`kaihu doctor`: what is wrong with an installation, and how to mend it."""

from __future__ import annotations

import sys

import click

from cli import checkups_janus, checkups_running, checkups_sms, checkups_stored, checkups_turn, connected
from cli.finding import Finding, Patient, examine
from cli.installation import installation
from cli.running import read

WIDTH = 16


@click.command()
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
def doctor(data: str | None) -> None:
    """Check everything that an installation needs, one line each; exit code 1 when something is wrong."""
    place = installation(data)
    findings: list[Finding] = []
    with Patient(place, read(place.running)) as patient:
        for name, check in [
            *checkups_stored.CHECKS,
            *connected.CHECKS,
            *checkups_sms.CHECKS,
            *checkups_turn.CHECKS,
            *checkups_janus.CHECKS,
            *checkups_running.CHECKS,
        ]:
            found = examine(name, check, patient, findings)
            findings += found
            for each in found:
                show(each)
    wrong = sum(each.level == "wrong" for each in findings)
    click.echo("nothing is wrong" if not wrong else f"{wrong} of {len(findings)} checks found something wrong")
    sys.exit(1 if wrong else 0)


def show(finding: Finding) -> None:
    click.echo(f"{finding.level:6} {finding.what:{WIDTH}} {finding.says}")
    if finding.cure:
        click.echo(f"{'':6} {'':{WIDTH}} mend: {finding.cure}")
