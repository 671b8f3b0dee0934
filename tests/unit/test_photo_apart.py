"""A file is read in a process that may take so much; what the process dies of is a refusal."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from mmap import mmap

import pytest

from tests.unit.test_photo_intake import encoded
from workers.photos import apart, intake

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux is asked")

MEGABYTE = 1024 * 1024


def swallow(megabytes: int) -> Callable[[bytes], intake.Intake]:
    def reading(data: bytes) -> intake.Intake:
        with mmap(-1, megabytes * MEGABYTE):  # not what a tested process has left over in its heap
            return REAL(data)

    return reading


def work_for_ever(data: bytes) -> intake.Intake:
    while True:
        len(data)


def crash(data: bytes) -> intake.Intake:
    os.kill(os.getpid(), signal.SIGKILL)
    return REAL(data)


def stumble(data: bytes) -> intake.Intake:
    raise ZeroDivisionError


REAL = intake.read


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_it_reads_what_the_intake_reads(kind: str) -> None:
    data = encoded(kind)
    mine, bare = apart.read(data), intake.read(data)
    assert (mine.full_size, mine.format) == (bare.full_size, bare.format)
    assert mine.picture.tobytes() == bare.picture.tobytes()


@pytest.mark.parametrize(("data", "code"), [(b"nothing", "file_type"), (encoded("JPEG", (40, 30)), "file_unreadable")])
def test_a_refusal_keeps_its_code(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize(
    "reading",
    [swallow(2 * apart.MEMORY // MEGABYTE), work_for_ever, crash, stumble],
    ids=["memory", "time", "a crash", "an error that nobody thought of"],
)
def test_what_kills_the_reader_is_a_refusal(
    monkeypatch: pytest.MonkeyPatch, reading: Callable[[bytes], intake.Intake]
) -> None:
    monkeypatch.setattr(apart, "SECONDS", 1)
    monkeypatch.setattr(intake, "read", reading)
    assert refusal(encoded("JPEG")) == "file_unreadable"


def test_within_its_bounds_the_same_reader_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the memory above."""
    monkeypatch.setattr(intake, "read", swallow(apart.MEMORY // 4 // MEGABYTE))
    assert apart.read(encoded("JPEG")).format == "JPEG"


def test_without_the_bound_the_same_reader_takes_what_it_wants(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MEMORY", 4 * apart.MEMORY)
    monkeypatch.setattr(intake, "read", swallow(2 * apart.MEMORY // 4 // MEGABYTE))
    assert apart.read(encoded("JPEG")).format == "JPEG"


class Over(Exception):
    pass


def test_a_reader_is_not_left_behind_when_the_job_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job's own alarm: its child goes first."""
    children: list[int] = []
    fork = os.fork

    def noted() -> int:
        child = fork()
        children.append(child)
        return child

    def alarm(*_: object) -> None:
        raise Over

    monkeypatch.setattr(os, "fork", noted)
    monkeypatch.setattr(intake, "read", work_for_ever)
    monkeypatch.setattr(apart, "SECONDS", 60)
    before = signal.signal(signal.SIGALRM, alarm)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    began = time.monotonic()
    try:
        with pytest.raises(Over):
            apart.read(b"")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert time.monotonic() - began < apart.SECONDS / 2
    with pytest.raises(ProcessLookupError):
        os.kill(children[0], 0)


def refusal(data: bytes) -> str:
    with pytest.raises(intake.Unreadable) as refused:
        apart.read(data)
    return refused.value.code
