"""What an analyst is refused beyond what is wrong with his files: said with what to do instead."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from engine.store import Store
from tests.web.conftest import MAIN, bundle, post
from tests.web.studio import hand_in, in_use


def test_an_upload_beyond_all_measure_is_refused_with_a_page_for_colleagues(app: Flask, analyst: FlaskClient) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    answer = hand_in(analyst, ("b.zip", bytes(2 * 1024 * 1024)))
    answer.request.environ["wsgi.input"].close()  # the test client keeps a big body in a file
    assert answer.status_code == 413 and "能上传多大写在选择文件的地方" in answer.text
    assert "照片" not in answer.text and "请联系管理员或运维人员" in answer.text


def test_the_only_version_is_not_taken_back_and_it_is_said_what_to_do_instead(
    analyst: FlaskClient, store: Store
) -> None:
    path, page = f"/studio/{MAIN}/withdraw", analyst.get(f"/studio/{MAIN}")
    told = post(analyst, path, page, version=bundle(MAIN).hash, note="不要了")
    assert told.status_code == 409 and in_use(store) == bundle(MAIN).hash
    for text in (told.text, analyst.get(path).text):
        assert "这是唯一的版本，没有可以退回的版本。要停用一项改动，请修改后重新上传并发布" in text
