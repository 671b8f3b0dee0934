"""`kaihu check`: what every commit must pass besides the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from cli.locks import differences

ROOT = Path(__file__).resolve().parent.parent
TOOLS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "import-linter": ["lint-imports", "--no-cache"],
}


@click.command()
def check() -> None:
    """ruff, mypy, import-linter, and that the lock files agree with each other."""
    failed = [name for name, line in TOOLS.items() if not passes(name, line)]
    failed += [] if locks_agree() else ["locks"]
    if failed:
        click.echo(f"check failed: {', '.join(failed)}", err=True)
        sys.exit(1)
    click.echo("check passed")


def passes(name: str, line: list[str]) -> bool:
    click.echo(f"== {name}")
    command = [str(Path(sys.executable).parent / line[0]), *line[1:]]
    return subprocess.run(command, cwd=ROOT).returncode == 0


def locks_agree() -> bool:
    """Whether pyproject.toml, uv.lock and the two requirements files name the same packages in the same versions."""
    click.echo("== locks")
    found = list(differences(ROOT))
    for line in found:
        click.echo(f"not in step: {line} (mend: uv lock, then the two uv export lines of CONTRIBUTING.md)", err=True)
    return not found
