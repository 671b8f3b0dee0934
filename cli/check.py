"""`kaihu check`: what every commit must pass besides the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

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
    """Every package and version of uv.lock stands in requirements-dev.lock, and the runtime lock adds none."""
    import tomllib

    click.echo("== locks")
    locked = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    pinned = (ROOT / "requirements-dev.lock").read_text()
    missing = [f"{p['name']}=={p['version']}" for p in locked if p["name"] != "kaihu"]
    missing = [pin for pin in missing if f"\n{pin} " not in pinned and f"\n{pin}\n" not in pinned]
    runtime = (ROOT / "requirements.lock").read_text()
    strays = [line for line in runtime.splitlines() if "==" in line and line.split(" ")[0] not in pinned]
    for line in [*missing, *strays]:
        click.echo(f"not in step: {line} (mend: uv lock, then the two uv export lines of CONTRIBUTING.md)", err=True)
    return not missing and not strays
