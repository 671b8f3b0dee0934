"""What is running is written down; where it cannot be, what runs goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.running import Running, read, remember

RUNNING = Running(supervisor=1, port=8000, queue="unix:///tmp/x", parts={"web": 2})


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    said: list[str] = []
    remember(RUNNING, tmp_path / "running.json", said.append)
    assert read(tmp_path / "running.json") == RUNNING and not said


def test_a_full_disk_is_said_and_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Running, path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Running, "write", full)
    said: list[str] = []
    remember(RUNNING, tmp_path / "running.json", said.append)
    assert "No space left on device" in said[0] and "kaihu doctor" in said[0]
