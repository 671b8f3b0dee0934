"""What a check has to say about a file, in the form every tool of Kaihu shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from engine.feel.said import Said, Words


@dataclass(frozen=True)
class Fault:
    """One thing that may be wrong: why it is, and how it is mended, with places for what is found."""

    why: Said
    mend: Said

    def filled(self, **found: Words) -> Fault:
        return Fault(self.why.filled(**found), self.mend.filled(**found))


@dataclass(frozen=True)
class Finding:
    """One thing wrong: stable rule id, file, element id, line (1-based), why, and how to mend it.

    `variant` tells apart the ways in which one rule may be broken; rule and variant name the row of a table of faults.
    """

    rule: str
    file: str
    element: str | None
    line: int | None
    why: Said
    mend: Said
    variant: str = ""

    @property
    def said(self) -> Said:
        """What is wrong, and how it is mended."""
        return Said("{why}；{mend}", "{why}; {mend}").filled(why=self.why, mend=self.mend)

    def text(self, lang: str) -> str:
        """The finding in one line, with its place and its rule."""
        place = ":".join(str(part) for part in (self.file, self.line, self.element) if part)
        line = (
            Said("{place}：[{rule}] {said}", "{place}: [{rule}] {said}") if place else Said(*2 * ("[{rule}] {said}",))
        )
        return line.filled(place=place, rule=self.rule, said=self.said).to(lang)


MOST = 100
"""No rule says more of a bundle at once: a file of a hundred thousand mistakes is read no further."""


def first(found: Iterable[Finding]) -> list[Finding]:
    """As many of the findings as are told at once."""
    return list(islice(found, MOST))


@dataclass(frozen=True)
class Faults:
    """A table of faults by rule, or by rule/variant where a rule may be broken in several ways."""

    table: Mapping[str, Fault]

    def found(
        self, fault: str, file: str, element: str | None = None, line: int | None = None, /, **what: Words
    ) -> Finding:
        """A finding in the words of the table; `what` fills their places."""
        words = self.table[fault].filled(**what)
        rule, _, variant = fault.partition("/")
        return Finding(rule, file, element, line, words.why, words.mend, variant)
