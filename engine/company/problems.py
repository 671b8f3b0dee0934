"""What is wrong with a company's record, or worth a look, with its place; in the language of whoever reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`place` is the way to an entry, such as `banks[2].bins[0].prefix`; empty for the whole."""

    place: str
    zh: str
    en: str

    def say(self, language: str = "zh") -> str:
        if language == "en":
            return f"{self.place}: {self.en}" if self.place else self.en
        return f"{self.place}：{self.zh}" if self.place else self.zh

    def __str__(self) -> str:
        return self.say("en")


class BadCompany(Exception):
    """The company's record cannot be used; `problems` say all that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = tuple(problems)
