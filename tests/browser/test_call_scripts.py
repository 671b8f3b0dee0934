"""What a call's scripts do by themselves: a word for how good it is, and a chunk that does not arrive is sent again."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("video")]

JUDGE = """
async ([now, still]) => (await import("/static/js/call_quality.js")).judge(now, { packets: 0, lost: 0 }, still)
"""
GOOD = {"packets": 100, "lost": 0, "delay": 0.05}


@pytest.mark.parametrize(
    ("seen", "still", "word"),
    [
        (GOOD, 0, "good"),
        ({**GOOD, "lost": 3}, 0, "good"),
        ({**GOOD, "lost": 5}, 0, "fair"),
        ({**GOOD, "delay": 0.5}, 0, "fair"),
        ({**GOOD, "lost": 15}, 0, "poor"),
        ({**GOOD, "delay": 1.5}, 0, "poor"),
        ({**GOOD, "lost": -4}, 0, "good"),
        ({**GOOD, "lost": 15}, 2, "frozen"),
        (GOOD, 1, "good"),
    ],
)
def test_how_good_a_call_is_has_one_word(page: Page, town: Town, seen: dict[str, float], still: int, word: str) -> None:
    page.goto(town.product.address)
    assert page.evaluate(JUDGE, [seen, still]) == word


SENDING = """
async ([answers, texts]) => {
  const { chunks } = await import("/static/js/call_chunks.js");
  const [tried, told, refused] = [[], [], []];
  window.fetch = async (address, { headers, body }) => {
    tried.push(`${address.split("/").pop()}:${new TextDecoder().decode(body)}:${headers["Content-Digest"]}`);
    const status = answers.shift() ?? 204;
    if (!status) throw new TypeError("no network");
    return { ok: status < 300, status, redirected: status === 200 };
  };
  const on = { changed: (left, stuck) => told.push([left, stuck]), refused: (status) => refused.push(status) };
  const way = chunks({ address: "/call", token: "t", part: 1, on });
  texts.forEach((text) => way.add(new Blob([text])));
  while (way.left) await new Promise((done) => { setTimeout(done, 5); });
  return { tried, told, refused };
}
"""
A = "sha-256=:ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=:"


def sends(page: Page, town: Town, *answers: int, texts: tuple[str, ...] = ("a", "b", "c")) -> dict[str, Any]:
    page.goto(town.product.address)
    page.clock.resume()
    found: dict[str, Any] = page.evaluate(SENDING, [list(answers), list(texts)])
    return found


def tried(found: dict[str, Any]) -> list[str]:
    """Number and content of each that was sent."""
    return [":".join(one.split(":")[:2]) for one in found["tried"]]


def test_chunks_go_up_in_their_order_each_with_its_hash_and_what_gathered_meanwhile_as_one(
    page: Page, town: Town
) -> None:
    found = sends(page, town)
    assert tried(found) == ["0:a", "1:bc"] and found["tried"][0] == f"0:a:{A}"
    assert not any(stuck for _, stuck in found["told"]) and found["told"][-1] == [0, False]


@pytest.mark.parametrize(
    "fault", [0, 422, 429, 503, 507], ids=["no network", "broken on its way", "too many", "away", "no room"]
)
def test_a_chunk_that_did_not_arrive_is_sent_again_before_the_next(page: Page, town: Town, fault: int) -> None:
    found = sends(page, town, fault, fault)
    assert tried(found) == ["0:a", "0:a", "0:a", "1:bc"]
    assert [3, True] in found["told"] and found["refused"] == []


@pytest.mark.parametrize("refusal", [410, 200], ids=["the call is over", "the sign-in page"])
def test_after_a_refusal_nothing_more_is_sent_and_nothing_waits(page: Page, town: Town, refusal: int) -> None:
    found = sends(page, town, 204, refusal)
    assert tried(found) == ["0:a", "1:bc"] and found["refused"] == [refusal]


def test_no_piece_is_larger_than_a_megabyte_unless_it_was_recorded_so(page: Page, town: Town) -> None:
    most = 1024 * 1024
    found = sends(page, town, texts=("a", "b" * (most - 1), "c", "d", "e" * (most + 1), "f"))
    lengths = [len(one.partition(":")[2]) for one in tried(found)]
    assert lengths == [1, most, 1, most + 1, 1]


TICKING = """
async () => {
  const ticks = { slow: 0, quick: 0 };
  const [slow, quick] = [1, 2].map(() => new Worker("/static/js/call_timer.js"));
  slow.onmessage = () => { ticks.slow += 1; };
  const passed = new Promise((done) => {
    quick.onmessage = () => {
      ticks.quick += 1;
      if (ticks.quick > 20) done();
      quick.postMessage("done");
    };
  });
  [slow, quick].forEach((one) => one.postMessage(10));
  await passed;
  [slow, quick].forEach((one) => one.terminate());
  return ticks;
}
"""


def test_a_page_that_is_slower_than_the_clock_of_the_recording_gets_no_heap_of_ticks(page: Page, town: Town) -> None:
    page.goto(town.product.address)
    ticks = page.evaluate(TICKING)
    assert ticks["slow"] <= 1 and ticks["quick"] > 20
