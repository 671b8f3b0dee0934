"""`kaihu up`: bring an installation to today's state and run it."""

from __future__ import annotations

import socket
import sys
import urllib.error
import urllib.request

import click

from cli.installation import Installation, installation
from cli.one_start import one_start
from cli.preparing import prepare
from cli.store import company_of
from cli.supervisor import Part, Supervisor


@click.command()
@click.option("--port", default=8000, show_default=True, help="on 127.0.0.1")
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
@click.option("--no-demo", is_flag=True, help="an empty installation, without sample people and demonstration CA")
@click.option("--behind-proxy", is_flag=True, help="a proxy in front speaks HTTPS: secure cookies, forwarded addresses")
def up(port: int, data: str | None, no_demo: bool, behind_proxy: bool) -> None:
    """Set up the data folder and run web, worker, relay and queue server until Ctrl-C."""
    place = installation(data)
    place.prepare()
    with one_start(place.lock):
        refuse_taken_port(port)
        prepare(place, demonstration=not no_demo, say=say)
        run(place, port, behind_proxy)


def run(place: Installation, port: int, behind_proxy: bool) -> None:
    from workers.queue_server import QueueServer

    queue = None if place.redis_url else QueueServer.private(place.data)
    parts = [] if queue is None else [Part("queue", queue.command, place.logs / "queue.log")]
    address = place.redis_url or (queue.url if queue else "")
    parts += [product_part(name, place, port, address, behind_proxy) for name in ("relay", "worker", "web")]
    try:
        Supervisor(parts, say).run(lambda: announce(place, port))
    finally:
        if queue is not None:
            queue.tidy()


def product_part(name: str, place: Installation, port: int, queue: str, behind_proxy: bool) -> Part:
    command = [sys.executable, "-m", "cli", "part", name, "--data", str(place.data), "--port", str(port)]
    command += ["--behind-proxy"] if behind_proxy else []
    return Part(name, command, place.logs / f"{name}.log", {"REDIS_URL": queue, "DATABASE_URL": place.database_url})


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise click.ClickException(f"port {port} is taken; choose another one: --port {port + 1}") from None


def announce(place: Installation, port: int) -> bool:
    """Tell where Kaihu is, as soon as the web part answers; whether it does."""
    address = f"http://127.0.0.1:{port}"
    if not answers(f"{address}/healthz"):
        return False
    say(f"Kaihu is there: {address}/   staff: {address}/staff/sign-in   data: {place.data}")
    if company_of(place).demonstration:
        from cli.demonstration.panel import introduce

        for line in introduce():
            say(line)
    say(f"Logs: {place.logs}   Ctrl-C stops it.")
    return True


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1):  # noqa: S310  our own http address
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()
