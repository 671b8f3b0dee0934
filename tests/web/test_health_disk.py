"""/healthz on a disk that fills up: down with the reason, before nothing can be stored."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.room import FEWEST_FILES, FLOOR, Statvfs, no_room
from tests.disks import disk_with
from tests.web.conftest import KeptSms, close, furnish
from webapp.app import create_app
from webapp.settings import WebSettings


@pytest.mark.parametrize(
    ("disk", "status", "reason"),
    [
        (disk_with(FLOOR), 200, None),
        (disk_with(FLOOR - 4096), 503, "255 MiB free, 256 MiB are needed"),
        (disk_with(FLOOR, FEWEST_FILES - 1), 503, "no more files can be made (999 left)"),
    ],
)
def test_a_disk_below_the_floor_is_down_with_the_reason(
    web_settings: WebSettings, sms: KeptSms, disk: Statvfs, status: int, reason: str | None
) -> None:
    app = create_app(replace(web_settings, statvfs=disk))
    furnish(app)
    try:
        answer = app.test_client().get("/healthz")
        assert answer.status_code == status and answer.json
        assert answer.json["state"] == ("ok" if status == 200 else "down")
        told = answer.json["disk"]["reason"]
        assert told is None if reason is None else told.endswith(reason)
        assert app.test_client().get("/").status_code == 200, "what can be read stays readable"
    finally:
        close(app)


def test_what_the_figures_do_not_tell_is_seen_by_writing(tmp_path: Path) -> None:
    """A file where the folder should be: the figures of its disk are fine, and nothing can be put there."""
    blobs = tmp_path / "blobs"
    assert no_room([tmp_path, blobs], disk_with(FLOOR)) is None
    blobs.touch()
    assert no_room([tmp_path, blobs], disk_with(FLOOR)) == "blobs: Not a directory"


def test_the_probe_leaves_nothing_behind(tmp_path: Path) -> None:
    assert no_room([tmp_path], disk_with(FLOOR)) is None and list(tmp_path.iterdir()) == []
