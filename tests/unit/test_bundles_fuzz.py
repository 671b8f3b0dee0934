"""Whatever an analyst hands in is a bundle or BadBundle: records and forms of another shape, on a real business."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from engine.bundles import BadBundle, load_files
from tests.house import SUPPLEMENT, drawn, known

OTHERS: list[Any] = [None, True, 0, -1, 1.5, "", "x", "=", "\0", "茶" * 300, [], [[]], {}, {"a": {}}, ["a", 1]]
PATHS = sorted(path for path in drawn(SUPPLEMENT).files if path.endswith(".json"))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from places(part, (*path, key))


def put(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    copy = value.copy()
    copy[path[0]] = put(value[path[0]], path[1:], other)
    return copy


@pytest.mark.parametrize("path", PATHS)
def test_a_part_of_another_kind_is_refused_or_does_no_harm(path: str) -> None:
    chance = random.Random(path)
    files = drawn(SUPPLEMENT).files
    document = json.loads(files[path])
    for place in chance.sample(found := list(places(document)), min(len(found), 4)):
        changed = json.dumps(put(document, place, chance.choice(OTHERS)), ensure_ascii=False).encode()
        try:
            load_files({**files, path: changed}, SUPPLEMENT, known())
        except BadBundle as refused:
            assert all(finding.why.zh and finding.mend.en for finding in refused.findings)
