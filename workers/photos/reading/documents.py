"""What the words say that it is: a side of the ID card, a bank card, something else, nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workers.photos.reading.checks import card_holds
from workers.photos.reading.model import Document, Line

WORDS: Mapping[Document, Mapping[str, float]] = {
    "id_portrait": {
        "公民身份号码|身份号码": 3, "姓名": 1, "性别": 1, "民族": 1, "出生": 1, "住址": 1, "[0-9]{17}[0-9X]": 1,
    },
    "id_emblem": {"签发机关": 2, "有效期限": 2, "居民身份证|民身份证|身份证": 2, "公安局|公安分局": 1},
    "bank_card": {
        "银行|信用社": 2, "借记卡|储蓄卡|信用卡|贷记卡": 2, "(?i)debit|credit": 1, "银联|(?i:unionpay)|(?i:visa)": 1,
        "(?i)valid|month/year|有效期至|thru": 1,
    },
}  # fmt: skip
LEAST_WORDS = 2.0
LEAST_TEXT = 4  # fewer characters than this are no text
CLEAR, CLEAR_NUMBER = 0.6, 0.95


def document_of(lines: list[Line]) -> Document:
    """The document with the most of its words on it."""
    texts = [re.sub(r"\s", "", line.text) for line in lines if line.score >= CLEAR]
    said = {kind: sum(worth for word, worth in words.items() if _any(word, texts)) for kind, words in WORDS.items()}
    said["bank_card"] += 2 * any(card_holds(digits) for digits in _runs(lines))
    best = max(said, key=lambda kind: said[kind])
    if said[best] >= LEAST_WORDS:
        return best
    return "other" if sum(map(len, texts)) >= LEAST_TEXT else "none"


def _any(word: str, texts: list[str]) -> bool:
    return any(re.search(word, text) for text in texts)


def _runs(lines: list[Line]) -> list[str]:
    """Numbers of a card's usual lengths, clearly read: a misread ID number satisfies Luhn one time in ten."""
    texts = [re.sub(r"\s", "", line.text) for line in lines if line.score >= CLEAR_NUMBER]
    return [run for text in texts for run in re.findall(r"(?<![0-9])(?:[0-9]{16}|[0-9]{19})(?![0-9X])", text)]
