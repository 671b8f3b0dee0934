"""`kaihu up`: bring an installation to today's state and run it."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from cli.call_engine import call_engine
from cli.installation import Installation, installation
from cli.lan import invitation, prepare_lan
from cli.one_start import one_start
from cli.own_address import answers
from cli.preparing import prepare
from cli.running import Running, clear_away, remember
from cli.stop_wish import StopWish, stop_wish
from cli.store import company_of
from cli.supervisor import Part, Supervisor
from cli.turn import call_relay
from engine.bundles import BadBundle

PartMaker = Callable[[str, Installation, int, str, bool], Part]

STREAMS = "streams"
PARTS = ("relay", "worker", "reader", "films", "web")
"""What runs beside the queue server, in the order of its start."""


@click.command()
@click.option("--port", default=8000, show_default=True, help="on 127.0.0.1")
@click.option("--data", default=None, help="folder of this installation [default: ./data]")
@click.option("--no-demo", is_flag=True, help="an empty installation, without sample people and demonstration CA")
@click.option("--behind-proxy", is_flag=True, help="a proxy in front speaks HTTPS: secure cookies, forwarded addresses")
@click.option("--streams-port", type=int, help="event streams in a process of their own, to which the proxy leads them")
@click.option("--lan", is_flag=True, help="HTTPS for the phones of this network, with a certificate of its own making")
def up(port: int, data: str | None, no_demo: bool, behind_proxy: bool, streams_port: int | None, lan: bool) -> None:
    """Set up the data folder and run web, worker, relay and queue server until Ctrl-C."""
    place = installation(data)
    place.prepare()
    with one_start(place.lock), in_words(), stop_wish() as wish:
        try:
            refuse_what_does_not_go_together(behind_proxy, streams_port, lan)
            call_relay(place)
            call_engine(place)
            for each in filter(None, (port, streams_port)):
                refuse_taken_port(each)
            prepare(place, demonstration=not no_demo, say=say, heed=wish.heed).db.dispose()
            run(place, port, behind_proxy, wish=wish, streams_port=streams_port, lan=lan)
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
    runner = ["-m", "gevent.monkey", "--module", "cli"] if name == STREAMS else ["-m", "cli"]
    command = [sys.executable, *runner, "part", name, "--data", str(place.data), "--port", str(port)]
    command += ["--behind-proxy"] if behind_proxy else []
    return Part(name, command, place.logs / f"{name}.log", {"REDIS_URL": queue, "DATABASE_URL": place.database_url})


def run(
    place: Installation,
    port: int,
    behind_proxy: bool,
    part: PartMaker = product_part,
    wish: StopWish | None = None,
    streams_port: int | None = None,
    lan: bool = False,
) -> None:
    """All parts under one supervisor, until it is told to stop; KeyboardInterrupt when it was told before."""
    from workers.queue_server import QueueServer

    asked = wish or StopWish()
    asked.heed()
    clear_away(place.running)
    invited = prepare_lan(place) if lan else None
    queue = None if place.redis_url else QueueServer.private(place.data)
    address = place.redis_url or (queue.url if queue else "")

    def changed(parts: Sequence[Part]) -> None:
        pids = {each.name: each.pid for each in parts}
        remember(Running(os.getpid(), port, address, pids, "https" if lan else "http"), place.running, say)

    parts = [] if queue is None else [Part("queue", queue.command, place.logs / "queue.log")]
    parts += [part(name, place, port, address, behind_proxy) for name in PARTS]
    if lan:
        parts[-1].command = [*parts[-1].command, "--lan"]
    parts += [part(STREAMS, place, streams_port, address, behind_proxy)] if streams_port else []
    try:
        Supervisor(parts, say, changed).run(lambda: announce(place, port, asked, invited))
    finally:
        clear_away(place.running)
        if queue is not None:
            queue.tidy()


def refuse_what_does_not_go_together(behind_proxy: bool, streams_port: int | None, lan: bool) -> None:
    if streams_port and not behind_proxy:
        raise click.ClickException("--streams-port needs --behind-proxy: the proxy makes one origin of both ports")
    if lan and behind_proxy:
        raise click.ClickException(
            "--lan speaks HTTPS itself, --behind-proxy leaves that to a proxy: choose one of them"
        )


def refuse_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise click.ClickException(f"port {port} is taken; choose another one: --port {port + 1}") from None


def announce(place: Installation, port: int, asked: StopWish, invited: list[str] | None = None) -> bool:
    """Tell where Kaihu is, as soon as the web part answers; whether it does. `invited`: it is served to the network."""
    asked.heed()
    address = f"{'http' if invited is None else 'https'}://127.0.0.1:{port}"
    if not answers(f"{address}/healthz"):
        return False
    say(f"Kaihu is there: {address}/   staff: {address}/staff/sign-in   data: {place.data}")
    if company_of(place).demonstration:
        from cli.demonstration.panel import introduce

        for line in introduce():
            say(line)
    for line in invitation(invited, port) if invited is not None else ():
        say(line)
    say(f"Logs: {place.logs}   Ctrl-C stops it.")
    return True


def say(line: str) -> None:
    click.echo(line)
    sys.stdout.flush()
