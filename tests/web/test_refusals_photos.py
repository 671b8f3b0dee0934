# ruff: noqa: F811 - the fixtures of the investor's line are shared by import
"""Photographs that are none, or too much: refused at the door or by the pipeline, in words, nothing half kept."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from sqlalchemy import select
from werkzeug.test import TestResponse

from engine import outbox, photos
from engine.actors import Actor
from engine.cases import Completion, complete
from engine.store import Store
from engine.tables import Job, Photo
from tests.web.conftest import WANG, KeptSms, employ, post, sign_in, sign_in_staff
from tests.web.line import SLOTS, Browser, Line, Sms, jpeg
from tests.web.refusals import nothing_stored, refused
from tests.web.test_steps_line import app, browser  # noqa: F401
from webapp.settings import WebSettings
from workers.catalogue import FUNCTIONS
from workers.service import JobContext

LARGEST = 20 * 1024 * 1024
OTHER = "这不是能识别的照片。请上传 JPEG、PNG、WebP 或 HEIC 格式的照片，或只有一页的 PDF"
TOO_BIG = "照片超过 20 MB。请换一张较小的照片"


def saved(kind: str) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(kept, kind)
    return kept.getvalue()


NO_PHOTOS = [
    ("SVG", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', OTHER),
    ("SVG behind an XML head", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', OTHER),
    ("PDF that begins with something else", b"\n%PDF-1.7\n", OTHER),
    ("text", "我的身份证".encode(), OTHER),
    ("GIF", saved("GIF"), OTHER),
    ("TIFF", saved("TIFF"), OTHER),
    ("BMP", saved("BMP"), OTHER),
    ("EXE", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), OTHER),
    ("HTML", b"<!doctype html><script>alert(1)</script>", OTHER),
    ("ZIP", b"PK\x03\x04" + bytes(100), OTHER),
    ("a video in a HEIC-like box", b"\x00\x00\x00\x18ftypisom" + bytes(100), OTHER),
    ("empty", b"", "这个文件是空的，请重新选择照片"),
    ("one byte too many", b"\xff\xd8\xff" + bytes(LARGEST - 2), TOO_BIG),
]


@pytest.fixture
def line(app: Flask, client: FlaskClient, store: Store, sms: KeptSms, browser: Browser) -> Line:
    sign_in(app, client, sms)
    return Line(app, client, store, browser)


def send(line: Line, way: str, data: bytes, slot: str = "id_portrait") -> TestResponse:
    """By the form's own button, by the slot's button without JavaScript, by the script."""
    files: dict[str, Any] = {f"photo-{slot}": (io.BytesIO(data), "x.jpg")}
    if way == "form":
        return line.post(identity_consent="yes", **files)
    path = f"/cases/{line.case_id}/photos/{slot}"
    if way == "button":
        return line.post(path, identity_consent="yes", **files)
    token = line.page().text.split('name="csrf_token" value="')[1].split('"')[0]
    told = {"HX-Request": "true"}
    answer = line.client.post(
        path, data={"csrf_token": token} | files, headers=told, content_type="multipart/form-data"
    )
    answer.request.environ["wsgi.input"].close()
    return answer


@pytest.mark.parametrize("way", ["form", "button", "script"])
def test_a_file_that_is_no_photo_is_refused_whatever_it_is_called(
    line: Line, store: Store, web_settings: WebSettings, way: str, subtests: pytest.Subtests
) -> None:
    for name, data, said in NO_PHOTOS:
        with subtests.test(name), nothing_stored(store, blobs=web_settings.blob_folder):
            keeps(refused(send(line, way, data), said), way)


def keeps(answer: TestResponse, way: str) -> None:
    """The tick that was set, and the slot to send another picture to."""
    assert way == "script" or 'name="identity_consent" value="yes" checked' in _squeezed(answer.text)
    assert 'id="slot-id_portrait"' in answer.text


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def test_twenty_megabytes_to_the_byte_are_taken(line: Line, store: Store) -> None:
    """The control: the byte before."""
    send(line, "button", b"\xff\xd8\xff" + bytes(LARGEST - 3))
    with store.read() as tx:
        assert tx.scalars(select(Photo)).one().status == "processing"


def test_a_body_beyond_all_measure_is_refused_with_a_page(line: Line, store: Store, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    with nothing_stored(store):
        answer = send(line, "form", b"\xff\xd8\xff" + bytes(2 * 1024 * 1024))
        refused(answer, "文件太大，没有上传", "每张照片最大 20 MB。请返回上一页，换一张较小的照片再上传", status=413)


def test_a_good_photo_beside_a_bad_one_stays(line: Line, store: Store) -> None:
    files = {"photo-id_portrait": (io.BytesIO(jpeg()), "a.jpg"), "photo-id_emblem": (io.BytesIO(b"%PDF"), "b.jpg")}
    refused(line.post(**files), OTHER)
    with store.read() as tx:
        assert [row.slot for row in tx.scalars(select(Photo))] == ["id_portrait"]


# -- what only the pipeline can tell --


def look(line: Line) -> None:
    """The real pipeline on every upload."""
    house = line.app.extensions["kaihu"]
    for sent in outbox.due(line.store):
        with line.store.read() as tx:
            job = tx.get_one(Job, sent.job_id)
        context = JobContext(line.store, job.case_id, job.id, 1, house.accounts, Sms(), house.authority)
        result = FUNCTIONS[job.service].function(context, **job.args)
        outbox.finish(line.store, job.id, sent.attempt, result.facts, result.effect)


def png_header(width: int, height: int) -> bytes:
    """A few bytes that claim to be a huge picture, and inflate to a huge one."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(10 * (width * 3 + 1)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


BAD = [
    ("a bomb", png_header(20_000, 20_000), "请"),
    ("a bomb below Pillow's own limit", png_header(9_000, 9_000), "请"),
    ("cut off", jpeg(size=(800, 600))[:200], "请"),
    ("a JPEG in name and first bytes only", b"\xff\xd8\xff\xe0" + bytes(5000), "请"),
    ("a few pixels", jpeg(size=(20, 20)), "请"),
]


@pytest.mark.parametrize(("data", "cure"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_picture_that_cannot_be_read_is_told_with_its_cure_and_goes_no_further(
    line: Line, store: Store, data: bytes, cure: str
) -> None:
    line.upload("id_emblem", "signature")
    send(line, "button", data)
    look(line)
    with store.read() as tx:
        photo = tx.scalars(select(Photo).where(Photo.slot == "id_portrait")).one()
    assert photo.status == "unreadable" and photo.upright is None and photo.crop is None
    verdict = (photo.record or {})["verdicts"][0]
    assert verdict["level"] == "block" and cure in verdict["cure"]
    card = line.client.get(f"/cases/{line.case_id}/photos/id_portrait").text
    assert verdict["cause"] in card and verdict["cure"] in card and "不能使用" in card
    with nothing_stored(store):
        answer = refused(line.post(identity_consent="yes"), "这张照片不能使用，请按提示重新拍摄并上传")
    assert 'name="identity_consent" value="yes" checked' in _squeezed(answer.text)
    for which in ("original", "crop"):
        assert line.client.get(f"/photos/{photo.id}/{which}").status_code == 404


# -- what is served of an upload --


def gps_jpeg() -> bytes:
    """A photograph that tells where and by whom it was taken, with something behind its end."""
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Artist] = "CanaryPhone", "canary artist"
    exif[Base.Orientation] = 6
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (39.0, 54.0, 26.0)})
    kept = io.BytesIO()
    picture = Image.effect_noise((900, 600), 60).convert("RGB")
    picture.save(kept, "JPEG", exif=exif, comment=b"canary comment")
    return kept.getvalue() + b"<script>canary tail</script>"


def test_what_is_served_tells_nothing_of_where_it_was_taken(
    line: Line, store: Store, app: Flask, web_settings: WebSettings
) -> None:
    data = gps_jpeg()
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(IFD.GPSInfo)  # the control: it was in what was sent
    send(line, "button", data)
    look(line)
    with store.read() as tx:
        photo = tx.scalars(select(Photo)).one()
    for which in ("original", "crop"):
        answer = line.client.get(f"/photos/{photo.id}/{which}")
        if answer.status_code == 404:
            assert which == "crop" and photo.crop is None
            continue
        assert_bare(answer, data)
        shown = Image.open(io.BytesIO(answer.data))
        assert which == "crop" or shown.width < shown.height  # turned upright


def assert_bare(answer: TestResponse, sent: bytes) -> None:
    """A JPEG of the pixels alone, for this one look."""
    assert answer.status_code == 200 and answer.mimetype == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")
    picture = Image.open(io.BytesIO(answer.data))
    assert picture.format == "JPEG" and not picture.getexif() and "comment" not in picture.info
    assert b"canary" not in answer.data.lower() and b"Exif" not in answer.data and answer.data != sent


def test_what_a_desk_sees_is_bare_too(line: Line, store: Store, app: Flask) -> None:
    for slot in SLOTS:
        send(line, "button", gps_jpeg() if slot == "id_portrait" else jpeg(size=(400, 300)), slot)
    line.work()
    with store.write() as tx:  # what the pipeline made of it, in place of the line's plain colours
        photo = tx.scalars(select(Photo).where(Photo.slot == "id_portrait")).one()
        photo.status = "processing"
    from workers.photo_rows import looked_at

    effect = looked_at(store, photo.id)
    assert effect
    with store.write() as tx:
        effect(tx)
        tx.get_one(Photo, photo.id).status = "ready"  # nobody need read noise
    line.post(identity_consent="yes")
    line.work()
    line.post(photos_checked="yes", responsibility="yes")
    line.basic_data()
    line.bank_cards()
    line.certificate()
    line.signature()
    employ(store, "zhao", {"reviewer"})
    desk = app.test_client()
    sign_in_staff(desk, "zhao")
    from tests.web.test_desk import desk_task

    path = f"/desk/tasks/{desk_task(store)}"
    post(desk, f"{path}/claim", desk.get(path))
    assert_bare(desk.get(f"/desk/photos/{photo.id}/original"), gps_jpeg())


def test_a_picture_is_not_exchanged_behind_a_step_that_is_done(line: Line, store: Store) -> None:
    """使用原图 belongs to the steps that show the photographs; later it would change what a desk decides on."""
    line.photos()
    with store.read() as tx:
        photo = tx.scalars(select(Photo).where(Photo.slot == "id_portrait")).one()
    with nothing_stored(store):
        answer = line.post(f"/photos/{photo.id}/use", use="original")
    assert answer.status_code == 303 and answer.location == f"/cases/{line.case_id}"


@pytest.mark.parametrize("row", ["²", "٣", "１", "01", "-1", "99999", ""])
def test_a_card_photograph_goes_to_a_row_with_a_plain_number_only(line: Line, store: Store, row: str) -> None:
    line.photos()
    line.basic_data()
    slot = f"bank_card:{row}"
    with nothing_stored(store):
        line.post(f"/cases/{line.case_id}/photos/{quote(slot)}", **{f"photo-{slot}": (io.BytesIO(jpeg()), "x.jpg")})
        assert line.post(upload="1", **{f"photo-{slot}": (io.BytesIO(jpeg()), "x.jpg")}).status_code == 422
    assert line.page().status_code == 200


@pytest.mark.parametrize("way", ["its own button", "with the form"])
def test_a_photograph_that_comes_after_its_step_was_done_is_not_kept(
    line: Line, store: Store, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The page's checks have passed when another tab sends the step."""
    line.upload(*SLOTS)
    shown, task, real = line.page(), line.task, photos.add
    before = sorted(row.id for row in photos_of(store))

    def late(*given: Any, **more: Any) -> str:
        complete(store, Completion(task.id, Actor("investor", WANG.id, WANG.name), "1" * 32, answers={}, facts={}))
        return real(*given, **more)

    monkeypatch.setattr(photos, "add", late)
    path = (
        f"/cases/{line.case_id}/photos/id_portrait" if way == "its own button" else f"/cases/{line.case_id}/{task.id}"
    )
    sent = {"photo-id_portrait": (io.BytesIO(jpeg("red")), "x.jpg")}
    answer = line.post(path, page=shown, identity_consent="yes", **sent)
    assert answer.status_code == 303 and answer.location == f"/cases/{line.case_id}"
    assert sorted(row.id for row in photos_of(store)) == before


def photos_of(store: Store) -> list[Photo]:
    with store.read() as tx:
        return list(tx.scalars(select(Photo)))
