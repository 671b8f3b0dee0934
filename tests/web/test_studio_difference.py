"""Two versions beside one another: each sentence has its number on both drawings, and leads there and back."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from flask.testing import FlaskClient

from engine.store import Store
from tests.flow.editions import with_income
from tests.web.conftest import MAIN, bundle
from tests.web.studio import NOTE, act, changed, handed_in

FLOW = f"processes/{MAIN}/handling.bpmn"


def with_income_step(analyst: FlaskClient) -> str:
    """The proposal with one step more."""
    before = bundle(MAIN).files
    files = [(PurePosixPath(path).name, data) for path, data in with_income().files.items() if before.get(path) != data]
    return handed_in(analyst, *files).request.path


def test_every_link_of_a_sentence_leads_to_a_shape_and_every_shape_to_a_sentence(analyst: FlaskClient) -> None:
    proposal = with_income_step(analyst)
    assert f'href="{proposal}/difference"' in analyst.get(proposal).text
    text = analyst.get(f"{proposal}/difference").text
    ids, links = set(re.findall(r' id="([^"]+)"', text)), re.findall(r'href="#([^"]+)"', text)
    assert len(ids) == len(re.findall(r' id="([^"]+)"', text)), "no id stands twice"
    assert set(links) - {"main"} <= ids
    assert "第 1 版和提案的差别" in text and "增加步骤“收入情况”（income）" in text
    sentences = dict(re.findall(r'<li id="said-(\d+)"[^>]*>(.*?)</li>', text, re.S))
    removed = next(number for number, said in sentences.items() if "删除从" in said)
    assert f'href="#said-{removed}"' in text and "在旧图上看" in sentences[removed]
    assert "在新图上看" not in sentences[removed]
    assert f">删 {removed}" in text and ">增 " in text


def test_what_is_only_laid_out_anew_stands_apart(analyst: FlaskClient) -> None:
    shape = re.search(r'<bpmndi:BPMNShape id="[^"]*" bpmnElement="basic_data"[^>]*>\s*<dc:Bounds x="(\d+)"', flow())
    assert shape
    moved = shape[0].replace(f'x="{shape[1]}"', f'x="{int(shape[1]) + 7}"')
    page = handed_in(analyst, ("handling.bpmn", changed(FLOW, shape[0], moved)))
    text = analyst.get(f"{page.request.path}/difference").text
    assert "只是版面（1 处）" in text and "（basic_data）画在了别的位置" in text and ">移 " in text
    assert ">改 " not in text.replace('difference-changed">改', "")


def flow() -> str:
    return bundle(MAIN).files[FLOW].decode()


def test_two_published_versions_are_compared_by_their_numbers(analyst: FlaskClient, store: Store) -> None:
    proposal = with_income_step(analyst)
    act(analyst, analyst.get(proposal), "publish", note=NOTE)
    text = analyst.get(f"/studio/{MAIN}/difference?old=2&new=1").text
    assert "第 2 版和第 1 版的差别" in text and "删除步骤“收入情况”（income）" in text
    assert "两个版本没有差别" in analyst.get(f"/studio/{MAIN}/difference?old=2").text
    assert analyst.get(f"/studio/{MAIN}/difference?old=9").status_code == 404


def test_a_proposal_with_faults_has_no_difference_and_says_so(analyst: FlaskClient) -> None:
    page = handed_in(analyst, ("business.json", b"{}"))
    answer = analyst.get(f"{page.request.path}/difference")
    assert answer.status_code == 200 and "还有检查没有通过" in answer.text
