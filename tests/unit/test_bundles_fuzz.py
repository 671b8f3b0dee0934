"""Whatever an analyst hands in is a bundle or BadBundle: records and forms of another shape, on a real business."""

from __future__ import annotations

import json
import random

import pytest

from engine.bundles import BadBundle, load_files
from tests.house import SUPPLEMENT, drawn, known
from tests.unit.damage import OTHERS, places, put

PATHS = sorted(path for path in drawn(SUPPLEMENT).files if path.endswith(".json"))


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
