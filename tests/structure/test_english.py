"""Whatever people read has English: the businesses, the company's record, the web, the words of photographs and CSVs.

Texts of templates and of `_()` are compared with their catalogue in tests/web/test_texts.py, sentences of forms in
tests/unit/test_forms_load.py.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.pofile import read_po
from lxml import etree

from engine.bundles import BadBundle, load_files
from engine.company import default_company
from tests.house import ROOT, drawn, known
from tests.structure.sources import Literal, bundles, businesses, files, literals, name, python, tree
from workers.photos.verdicts import WORDS

CHINESE = re.compile(r"[\u3400-\u9fff]")
CATALOGUE = ROOT / "webapp/translations/en/LC_MESSAGES/messages.po"
DATA = {
    "webapp/steps/knowing.py": {"长期", "男", "女"},  # values as they are printed on the card; said by `shown`
}


@pytest.mark.parametrize("business", businesses())
def test_every_text_of_a_business_has_its_english(business: str) -> None:
    """Lint says so at load; the control takes one text away."""
    bundle = drawn(business)
    path = f"processes/{business}/texts.en.json"
    texts = json.loads(bundle.files[path])
    name = bundle.business.name
    texts.pop(name)
    files = {**bundle.files, path: json.dumps(texts, ensure_ascii=False).encode()}
    with pytest.raises(BadBundle) as refused:
        load_files(files, business, known())
    assert {(finding.rule, name in finding.why.zh) for finding in refused.value.findings} == {("text.english", True)}


def test_no_english_of_a_business_is_left_over() -> None:
    """Every key of a texts.en.json stands as a whole text in a diagram, a form or a record."""
    written, english = set[str](), dict[str, set[str]]()
    for path, data in {path: data for bundle in bundles() for path, data in bundle.files.items()}.items():
        if path.endswith("texts.en.json"):
            english[path] = set(json.loads(data))
        elif path.endswith(".json"):
            written |= set(texts_in(json.loads(data)))
        elif path.endswith(".bpmn"):
            written |= {text for node in etree.fromstring(data).iter() for text in (*node.attrib.values(), node.text)}
    assert {path: left for path, texts in english.items() if (left := texts - written)} == {}


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)


def test_every_text_of_the_company_has_its_english() -> None:
    document = json.loads((ROOT / "engine/company/default.json").read_text("utf-8"))
    company = default_company()
    del document["english"]
    texts = {text for text in texts_in(document) if CHINESE.search(text)} - {document["name"]}
    assert len(texts) > 10
    assert [text for text in texts if company.say(text, "en") == text] == []
    assert company.name_en and all(bank.name_en for bank in company.banks)


def test_nothing_in_the_catalogue_is_fuzzy_or_obsolete() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    assert [str(message.id) for message in catalogue if message.fuzzy and message.id] == []
    assert not catalogue.obsolete


def marked(module: ast.Module, file: str) -> set[tuple[int, str]]:
    """What stands inside `_()`."""
    calls = [node for node in ast.walk(module) if isinstance(node, ast.Call)]
    said = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_"]
    return {(one.line, one.text) for call in said for one in literals(ast.Module([ast.Expr(call)], []), file)}


def unmarked(module: ast.Module, file: str) -> list[Literal]:
    found = [one for one in literals(module, file) if CHINESE.search(one.text)]
    return [one for one in found if (one.line, one.text) not in marked(module, file)]


def test_every_chinese_word_in_the_webs_python_is_marked_for_translation() -> None:
    found = [one for path in python("webapp") for one in unmarked(tree(path), name(path))]
    assert [one for one in found if one.text not in DATA.get(one.file, set())] == []


def test_an_unmarked_word_would_be_found() -> None:
    assert unmarked(ast.parse('flash("已提交")'), "x.py")
    assert not unmarked(ast.parse('flash(_("已提交"))'), "x.py")


def test_every_verdict_of_a_photograph_has_its_english() -> None:
    for words in WORDS.values():
        assert CHINESE.search(words.cause) and CHINESE.search(words.cure)
        assert words.cause_en and words.cure_en and not CHINESE.search(words.cause_en + words.cure_en)


def test_every_document_of_the_web_stands_in_both_languages() -> None:
    texts = {path.name for path in files(".md") if name(path).startswith("webapp/texts/")}
    english = {text for text in texts if ".en." in text}
    assert texts - english == {text.replace(".en.", ".zh.") for text in english} != set()
