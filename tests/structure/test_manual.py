"""The product's manual: it leads to what is there, quotes what stands on the screens, shows what the command took."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from cli.demonstration.screens.figures import FIGURES, FOLDERS
from cli.demonstration.screens.illustrator import SHOWS
from tests.house import CHANGE, ROOT, drawn
from tests.structure.screens import is_on_a_screen, quoted
from tests.structure.sources import literals, python, tree
from workers.photos.verdicts import WORDS

DOCS = ROOT / "docs"
MANUAL = DOCS / "manual"
CHAPTERS = (
    "1-flow", "2-before-signing-in", "2.1-sign-in", "2.2-photos", "2.3-bank-cards", "2.4-certificate-and-signing",
    "2.5-video", "2.6-appointment", "2.7-my-business",
)  # fmt: skip
STAFF = ("reviewers", "analysts", "operators")
PAGES = sorted(MANUAL.glob("*.md"))
SHOWING = [*PAGES, ROOT / "README.md", ROOT / "README.zh.md", *sorted(DOCS.glob("*/*.md"))]
FILES = {one.file: one for one in FIGURES}
LARGEST = 2_500_000
"""Bytes of all pictures together: who clones the sources waits for them."""
TABLE = re.compile(r"^\| 页面上的话 \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", re.MULTILINE)
PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)#:]*)(?:#([^)]*))?\)")


def pictures(page: Path) -> list[tuple[str, str]]:
    """Alternative text and place below `docs/` of each picture of a page."""
    found = PICTURE.findall(page.read_text("utf-8"))
    return [(text, (page.parent / place).resolve().relative_to(DOCS).as_posix()) for text, place in found]


def anchors(page: Path) -> set[str]:
    """The places inside a page that a link may name, as GitHub writes them."""
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_chapters_are_there_and_in_the_contents() -> None:
    assert {page.stem for page in PAGES} == {"README", *CHAPTERS, *STAFF}
    contents = re.findall(r"\]\(([\w.-]+)\.md\)", (MANUAL / "README.md").read_text("utf-8"))
    assert list(dict.fromkeys(contents))[: len(CHAPTERS) + len(STAFF)] == [*CHAPTERS, *STAFF]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_leads_only_to_what_is_there(page: Path) -> None:
    for place, anchor in LINK.findall(page.read_text("utf-8")):
        target = (page.parent / place).resolve() if place else page
        assert target.exists(), place
        assert not anchor or anchor in anchors(target), f"{place}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_quotes_stands_on_a_screen(page: Path) -> None:
    assert [words for words in sorted(quoted(without_tables(page)) - OWN) if not is_on_a_screen(words)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_sentence_that_a_page_explains_is_one_of_the_product(page: Path) -> None:
    assert [words for words in explained(page) if not is_on_a_screen(words)] == []


OWN = frozenset({"", "…"})
"""What the contents say about quotations themselves."""


def without_tables(page: Path) -> str:
    return TABLE.sub("", page.read_text("utf-8"))


def explained(page: Path) -> list[str]:
    """The first cells of the tables of sentences."""
    rows = [row for table in TABLE.findall(page.read_text("utf-8")) for row in table.splitlines()]
    return [row.split("|")[1].strip() for row in rows]


def test_the_chapters_explain_the_refusals() -> None:
    counts = {chapter: len(explained(MANUAL / f"{chapter}.md")) for chapter in CHAPTERS[1:]}
    assert min(counts.values()) >= 8 and sum(counts.values()) > 100


def test_no_refusal_of_the_main_business_is_left_out() -> None:
    """What a photograph, a rule, a desk or the door may say to a customer, as the data have it."""
    bundle, said = drawn(CHANGE), [words for page in PAGES for words in explained(page)]
    told = [words.cause for words in WORDS.values()] + [reason.customer_text for reason in bundle.reasons]
    told += [bundle.notices[code]["title"] for code in AT_THE_DOOR] + [
        text for rule in RULES for text in refusals(rule)
    ]
    assert len(told) > 60
    assert [text for text in told if not any(matches(words, text) for words in said)] == []


RULES = ("bank_card", "outlet", "validity")
AT_THE_DOOR = ("outside_hours", "under_age", "id_expired", "pending_business", "forced_agreement")


def refusals(rule: str) -> list[str]:
    """Its Chinese sentences to a customer; what is for the reviewer's eye asks him to check."""
    path = ROOT / "forms/rules" / f"{rule}.py"
    texts = (one.text for one in literals(tree(path), path.name))
    chinese = [text for text in texts if re.match(r"[\d\u4e00-\u9fff]{6}", text) and "请复核时" not in text]
    return [text for text in chinese if text != AGAIN]


AGAIN = "请核对卡面号码后重新填写"
"""The end of two sentences, which are looked for by their beginnings."""


def matches(words: str, text: str) -> bool:
    return bool(re.match(".*".join(re.escape(piece.strip()) for piece in words.split("…")), text))


def test_every_figure_is_there_and_every_picture_is_a_figure() -> None:
    there = {path.relative_to(DOCS).as_posix() for folder in FOLDERS for path in (DOCS / folder).iterdir()}
    assert there == set(FILES) and len(FIGURES) == len(FILES) > 40


def test_every_figure_is_shown_and_nothing_else_is() -> None:
    shown = [place for page in SHOWING for _text, place in pictures(page)]
    assert set(shown) == set(FILES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_picture_says_in_chinese_what_is_to_be_seen(page: Path) -> None:
    texts = [text for text, _place in pictures(page)]
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if len(re.findall(r"[\u4e00-\u9fff]", text)) < 15] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_figures_of_a_page_are_numbered_in_order(page: Path) -> None:
    text = page.read_text("utf-8")
    numbers = re.findall(r"^\*\*图 (?:[\d.]+-)?(\d+)\*\*", text, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(pictures(page)) + 1)]


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.file)
def test_a_picture_was_written_by_the_command_in_few_colours(figure) -> None:  # type: ignore[no-untyped-def]
    """Each names the page of the gallery that it shows: a picture from elsewhere, or of another page, would not."""
    with Image.open(DOCS / figure.file) as picture:
        assert picture.info.get(SHOWS) == figure.page
        assert picture.mode == "P" and picture.width <= figure.width and picture.height <= figure.tallest


def test_all_pictures_together_are_small() -> None:
    assert sum((DOCS / one).stat().st_size for one in FILES) < LARGEST


def test_the_gallery_has_every_page_that_a_figure_shows() -> None:
    walks = [path for path in python("cli") if path.parent.name == "screens" and path.name != "figures.py"]
    named = {one.text for path in walks for one in literals(tree(path), path.name)}
    assert {figure.page for figure in FIGURES} <= named


def test_words_that_stand_nowhere_would_be_found() -> None:
    assert not is_on_a_screen("没有这样的一句提示") and not is_on_a_screen("还可以再试 … 天")
    assert is_on_a_screen("短信验证码不正确，还可以再试 … 次")
