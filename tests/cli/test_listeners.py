"""Pages that wait, where a server treats some badly: each is asked for again, and none silences another."""

from __future__ import annotations

import socketserver
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.listeners import ATTEMPTS, Listeners
from tests.crash.killing import wait_for

TOLD = b'HTTP/1.1 200 OK\r\n\r\ndata: {"case": 1}\n\n'


class Moody(socketserver.ThreadingTCPServer):
    """Hangs up on a case as often as it is told to, without a word; then answers."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self, hangs_up: dict[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.hangs_up, self.asked, self.over = hangs_up, Counter[str](), threading.Event()


class Answer(socketserver.StreamRequestHandler):
    server: Moody

    def handle(self) -> None:
        case_id = self.rfile.readline().split(b"/")[2].decode()
        self.server.asked[case_id] += 1
        if self.server.asked[case_id] > self.server.hangs_up.get(case_id, 0):
            self.wfile.write(TOLD)
            self.server.over.wait(30)


@contextmanager
def moody(**hangs_up: int) -> Iterator[Moody]:
    with Moody(hangs_up) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            serving.join()


def listening(server: Moody, *case_ids: str) -> Listeners:
    return Listeners(server.server_address[1], "", case_ids, pause=0.01)


def test_a_page_whose_connection_ends_without_a_word_is_asked_for_again() -> None:
    with moody(unlucky=2) as server, listening(server, "unlucky", "lucky") as pages:
        pages.open(10)
    assert server.asked == {"unlucky": 3, "lucky": 1}


def test_a_page_that_is_never_answered_silences_no_other_and_is_given_up() -> None:
    with moody(never=1000) as server, listening(server, "never", "lucky", "other") as pages:
        wait_for(lambda: server.asked["never"] == ATTEMPTS, 10.0, "the last attempt")
        wait_for(lambda: all(one.heard for one in pages.all[1:]), 10.0, "the others")
    assert [bool(one.heard) for one in pages.all] == [False, True, True]
    assert server.asked["never"] == ATTEMPTS


def test_a_server_that_is_gone_leaves_nothing_open() -> None:
    with moody() as server:
        pages = listening(server, "late")
    with pages:
        pass
    assert [one.status for one in pages.all] == [0]
