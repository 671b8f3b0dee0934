"""A sentence for people in both languages; what stands in its places may be said in both languages too."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """The same words in Chinese and in English."""

    zh: str
    en: str

    def to(self, lang: str) -> str:
        """The words in the language asked for; Chinese where it is no other."""
        return self.en if lang.startswith("en") else self.zh

    def filled(self, **values: str | Said) -> Said:
        """The words with `{name}` replaced by the value of that name."""
        return Said(
            self.zh.format(**{name: _part(value).zh for name, value in values.items()}),
            self.en.format(**{name: _part(value).en for name, value in values.items()}),
        )


Words = str | Said


def listed(items: Iterable[Words]) -> Said:
    """Items one after the other."""
    parts = [_part(item) for item in items]
    return Said("、".join(part.zh for part in parts), ", ".join(part.en for part in parts))


def _part(value: Words) -> Said:
    return value if isinstance(value, Said) else Said(value, value)
