"""The addresses of the application, compiled once for all applications of the tests.

Werkzeug writes, for each route, two small programs that put an address together, and compiles them: with 126 routes
that is a fifth of what a web test costs. A program depends on its rule alone, and is bound to that of its application.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


def compile_once(patch: pytest.MonkeyPatch) -> dict[tuple[object, ...], Builder]:
    """What was compiled, by rule."""
    kept: dict[tuple[object, ...], Builder] = {}
    compiled: Callable[[Rule, bool], Builder] = Rule._compile_builder

    def builder(rule: Rule, append_unknown: bool = True) -> Builder:
        key = (rule.rule, tuple(rule._trace), repr(rule.defaults), append_unknown)
        if key not in kept:
            kept[key] = compiled(rule, append_unknown)
        return kept[key]

    patch.setattr(Rule, "_compile_builder", builder)
    return kept
