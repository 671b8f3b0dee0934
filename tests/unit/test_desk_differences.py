"""What was read beside what was typed: every character that differs is marked, and no other."""

from __future__ import annotations

import pytest

from forms.rules import masking
from webapp.desk.differences import Mask, Piece, alike, pieces

NUMBER, OTHER = "990101199507110018", "990101199507120017"
CARD = "6225880123456783"


def told(found: list[Piece]) -> str:
    """Pieces that differ in brackets."""
    return "".join(f"[{one.text}]" if one.differs else one.text for one in found)


MARKED: list[tuple[str, str, str, Mask | None, tuple[str, str]]] = [
    ("one character", "样本路1号", "样本路2号", None, ("样本路[1]号", "样本路[2]号")),
    ("a character that is missing", "样本市样本路", "样本市本路", None, ("样本市[样]本路", "样本市[]本路")),
    ("two places", "甲一乙二丙", "甲三乙四丙", None, ("甲[一]乙[二]丙", "甲[三]乙[四]丙")),
    ("digits are compared place by place", "01011421X0", "0101140120", None, ("010114[2]1[X]0", "010114[0]1[2]0")),
    ("however many of them differ", "1988", "8819", None, ("[1988]", "[8819]")),
    ("a text that moved is not all different", "甲乙丙丁", "乙丙丁戊", None, ("[甲]乙丙丁[]", "[]乙丙丁[戊]")),
    ("nothing in common", "甲", "乙", None, ("[甲]", "[乙]")),
    ("width, spaces and case are no difference", "Ａ １号", "a1号", None, ("A1号", "a1号")),
    ("a mask hides the digits, not where they differ", NUMBER, OTHER, masking.id_number,
     ("990101*******[*]001[8]", "990101*******[*]001[7]")),
    ("a mask that shortens marks the whole", CARD, CARD[:-1] + "4", masking.card, ("[**** 6783]", "[**** 6784]")),
    ("a number of another length shows nothing", NUMBER, NUMBER[:-1], masking.id_number,
     ("[990101********0018]", "[****]")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "mask", "marked"), [row[1:] for row in MARKED], ids=[row[0] for row in MARKED]
)
def test_what_differs_is_marked(one: str, other: str, mask: Mask | None, marked: tuple[str, str]) -> None:
    left, right = pieces(one, other, mask)
    assert (told(left), told(right)) == marked


@pytest.mark.parametrize(("one", "other", "same"), [("Ａ １", "a1", True), ("a1", "a2", False), ("", " ", True)])
def test_a_keyboard_makes_no_difference(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same


def test_a_masked_number_is_nowhere_in_the_pieces() -> None:
    left, right = pieces(NUMBER, OTHER, masking.id_number)
    assert "19950711" not in "".join(one.text for one in left) and "19950712" not in "".join(one.text for one in right)
    assert "19950711" in "".join(one.text for one in pieces(NUMBER, OTHER)[0])
