"""The `kaihu` command. Each group lives in its own file and is imported when it is asked for."""

from __future__ import annotations

import atexit
import gc
from importlib import import_module

import click

atexit.register(gc.freeze)  # looking through all that was imported once more would take each process up to a second
COMMANDS = {
    "up": ("cli.up", "up"),
    "migrate": ("cli.migrate", "migrate"),
    "doctor": ("cli.doctor", "doctor"),
    "company": ("cli.company", "company"),
    "customers": ("cli.customers", "customers"),
    "staff": ("cli.staff", "staff"),
    "sms": ("cli.sms", "sms"),
    "branches": ("cli.branches", "branches"),
    "photo": ("cli.photo", "photo"),
    "process": ("cli.process", "process"),
    "audit": ("cli.audit", "audit"),
    "incident": ("cli.incident", "incident"),
    "case": ("cli.case", "case"),
    "backup": ("cli.backup", "backup"),
    "restore": ("cli.restore", "restore"),
    "check": ("cli.check", "check"),
    "screenshots": ("cli.screenshots", "screenshots"),
    "part": ("cli.part", "part"),
}


class LazyGroup(click.Group):
    """Imports a command only when it runs: `kaihu --help` does not load scikit-image."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [name for name in COMMANDS if name != "part"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name]
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """开户 Kaihu: change of the settlement account, online, run as it is drawn."""
