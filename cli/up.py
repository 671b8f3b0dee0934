"""`kaihu up`: bring an installation to today's state and run it."""

from __future__ import annotations

import os
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from cli.installation import Installation, installation
from cli.one_start import one_start
from cli.preparing import prepare
from cli.running import Running, clear_away, remember
from cli.stop_wish import StopWish, stop_wish
from cli.store import company_of
from cli.supervisor import Part, Supervisor
from engine.bundles import BadBundle

PartMaker = Callable[[str, Installation, int, str, bool], Part]


@click.command()
@click.option("--port", default=8000, show_default=True, help="on 127.0.0.1")
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
@click.option("--no-demo", is_flag=True, help="an empty installation, without sample people and demonstration CA")
@click.option("--behind-proxy", is_flag=True, help="a proxy in front speaks HTTPS: secure cookies, forwarded addresses")
def up(port: int, data: str | None, no_demo: bool, behind_proxy: bool) -> None:
    """Set up the data folder and run web, worker, relay and queue server until Ctrl-C."""
    place = installation(data)
    place.prepare()
    with one_start(place.lock), in_words(), stop_wish() as wish:
        try:
            refuse_taken_port(port)
            prepare(place, demonstration=not no_demo, say=say, heed=wish.heed).db.dispose()
            run(place, port, behind_proxy, wish=wish)
        except KeyboardInterrupt:
            say("stopped before it was up; start it again whenever you like")
            sys.exit(130)


@contextmanager
def in_words() -> Iterator[None]:
    """What keeps Kaihu from starting, as a sentence that says what to do."""
    from workers.queue_server import NoQueueServer

    try:
        yield
    except NoQueueServer as wrong:
        raise click.ClickException(str(wrong)) from wrong
    except BadBundle as wrong:
        raise click.ClickException(wrong.text("en")) from wrong
    except OperationalError as wrong:
        raise click.ClickException(f"the database does not answer (DATABASE_URL?): {wrong.orig}") from wrong


def product_part(name: str, place: Installation, port: int, queue: str, behind_proxy: bool) -> Part:
    command = [sys.executable, "-m", "cli", "part", name, "--data", str(place.data), "--port", str(port)]
    command += ["--behind-proxy"] if behind_proxy else []
    return Part(name, command, place.logs / f"{name}.log", {"REDIS_URL": queue, "DATABASE_URL": place.database_url})


def run(
    place: Installation, port: int, behind_proxy: bool, part: PartMaker = product_part, wish: StopWish | None = None
) -> None:
    """All parts under one supervisor, until it is told to stop; KeyboardInterrupt when it was told before."""
    from workers.queue_server import QueueServer

    asked = wish or StopWish()
    asked.heed()
    clear_away(place.running)
    queue = None if place.redis_url else QueueServer.private(place.data)
    address = place.redis_url or (queue.url if queue else "")

    def changed(parts: Sequence[Part]) -> None:
        remember(Running(os.getpid(), port, address, {each.name: each.pid for each in parts}), place.running, say)

    parts = [] if queue is None else [Part("queue", queue.command, place.logs / "queue.log")]
    parts += [part(name, place, port, address, behind_proxy) for name in ("relay", "worker", "reader", "web")]
    try:
        Supervisor(parts, say, changed).run(lambda: announce(place, port, asked))
    finally:
        clear_away(place.running)
        if queue is not None:
            queue.tidy()


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise click.ClickException(f"port {port} is taken; choose another one: --port {port + 1}") from None


def announce(place: Installation, port: int, asked: StopWish) -> bool:
    """Tell where Kaihu is, as soon as the web part answers; whether it does."""
    asked.heed()
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
