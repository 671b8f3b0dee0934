"""The queue server is away: what is submitted is accepted, waits, and goes on when it is back."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from cli.demonstration.screens.investor import SLOTS
from cli.demonstration.screens.product import Product
from tests.browser.line import to_photos
from tests.browser.patience import until
from tests.browser.town import Town

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the queue server in /proc"),
]


def test_a_submission_waits_for_the_queue(page: Page, town: Town, product: Product) -> None:
    who = town.somebody()
    me = to_photos(town, page, who).waits_for(*SLOTS)
    with without_queue(product):
        me.submits_photos().sees("正在处理您提交的内容")
        assert product.health()["queue"] is False
        me.opens("/my").finds_pending("办理中")
    until(lambda: product.health().get("queue"))
    me.opens(f"/cases/{town.case_of(who)}").sees("核对照片")


@contextmanager
def without_queue(product: Product) -> Iterator[None]:
    """Kill the queue server, and hold the supervisor, which would start it again at once."""
    os.kill(product.pid, signal.SIGSTOP)
    try:
        os.kill(queue_pid(product), signal.SIGKILL)
        until(lambda: product.health().get("queue") is False)
        yield
    finally:
        os.kill(product.pid, signal.SIGCONT)


def queue_pid(product: Product) -> int:
    """The child of the supervisor that serves the queue."""
    for line in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = line.read_text().rsplit(")", 1)
        except OSError:
            continue
        if int(rest.split()[1]) == product.pid and ("valkey" in name or "redis" in name):
            return int(line.parent.name)
    raise LookupError("the supervisor has no queue server")
