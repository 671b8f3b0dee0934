"""Every text of the web has its English, and the compiled catalogue is that of the written one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from time import process_time

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from tests.web.conftest import MAIN
from webapp.prose import prose

WEB = Path(__file__).parents[2] / "webapp"
CATALOGUE = WEB / "translations" / "en" / "LC_MESSAGES" / "messages.po"
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
HOLES = re.compile(r"%\(\w+\)[sd]|%%s")


@cache
def written() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


@cache
def used() -> frozenset[str]:
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
    found = extract_from_dir(WEB, methods, {}, {"_": None}, comment_tags=())
    return frozenset(message for _, _, message, _, _ in found if isinstance(message, str))


def test_every_text_has_its_english() -> None:
    missing = sorted(text for text in used() if not (text in written() and written()[text].string))
    assert not missing, f"see webapp/translations/babel.cfg: {missing}"


def test_no_english_is_left_over() -> None:
    assert {message.id for message in written() if message.id} - used() == set()


def test_the_compiled_catalogue_is_that_of_the_written_one() -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert {m.id: m.string for m in compiled if m.id} == {m.id: m.string for m in written() if m.id}


def test_english_is_english_and_keeps_the_holes() -> None:
    for message in written():
        text = str(message.string)
        assert not CHINESE.search(text), text
        assert sorted(HOLES.findall(str(message.id))) == sorted(HOLES.findall(text)), text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        f"/business/{MAIN}",
        f"/sign-in/{MAIN}",
        "/sign-in",
        "/staff/sign-in",
        "/page/help",
        "/page/privacy",
        "/nowhere",
    ],
)
def test_a_page_in_english_holds_no_chinese(client: FlaskClient, path: str) -> None:
    client.get("/?lang=en")
    page = re.sub(r'value="[^"]*"', "", client.get(path).text.replace(">中文<", "><"))
    assert not CHINESE.findall(page), sorted(set(re.findall(r"[^<>]*[\u4e00-\u9fff\uff00-\uffef][^<>]*", page)))


PROSE = [
    ("## Title\ntext", "<h2>Title</h2>\n<p>text</p>"),
    ("- a\n- **b**", "<ul><li>a</li><li><strong>b</strong></li></ul>"),
    ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
    ("a\nb\n\nc", "<p>a<br>b</p>\n<p>c</p>"),
    ("> draft", '<div class="banner"><p>draft</p></div>'),
    ("[mine](/my)", '<p><a href="/my">mine</a></p>'),
    ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
    ('[x](https://a"onclick=1)', '<p><a href="https://a&#34;onclick=1">x</a></p>'),
]


@pytest.mark.parametrize("source", ["[", "[a](/", "**", "# ", "- ", "> ", "1", "&", " \n"])
def test_no_text_keeps_a_page_waiting(source: str) -> None:
    start = process_time()
    prose(source * (200_000 // len(source)))
    assert process_time() - start < 1


@pytest.mark.parametrize(("source", "page"), PROSE)
def test_a_text_becomes_a_page_and_nothing_else(source: str, page: str) -> None:
    assert prose(source) == page
