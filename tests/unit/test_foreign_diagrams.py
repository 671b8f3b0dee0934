"""Whatever a modeler exports is a finding or a diagram, never a trace: two exports here, and any folder of others.

    KAIHU_TEST_DIAGRAMS=FOLDER python3 run.py test tests/unit/test_foreign_diagrams.py -rP

The reference files of the BPMN Model Interchange Working Group are such a folder (docs/analysts/elements.md).
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path
from time import process_time

import pytest

from engine.bundles.drawings import readable
from tests.unit.tea import BUSINESS, findings, tea

EXPORTS = Path(__file__).parent / "exports"
FOLDER = os.environ.get("KAIHU_TEST_DIAGRAMS")
PATH = "processes/tea/foreign.bpmn"


def looked_at(data: bytes) -> set[str]:
    """The rules that are broken when a business runs its first process; each finding speaks both languages."""
    own = re.search(rb"<(?:\w+:)?process\b[^>]*?\bid=\"([^\"]*)", data)
    record = json.loads(tea()[BUSINESS]) | {"process": own.group(1).decode("utf-8", "replace") if own else "none"}
    files = {**tea(), PATH: data, BUSINESS: json.dumps(record).encode()}
    readable(files, "tea")
    found = findings(files)
    assert all(text for one in found for text in (one.why.zh, one.why.en, one.mend.zh, one.mend.en))
    return {one.rule for one in found}


@pytest.mark.parametrize("path", sorted(EXPORTS.glob("*.bpmn")), ids=lambda path: path.stem)
def test_an_export_of_another_modeler_gets_findings(path: Path) -> None:
    assert looked_at(path.read_bytes())


@pytest.mark.skipif(FOLDER is None, reason="a folder of diagrams is named by KAIHU_TEST_DIAGRAMS")
def test_every_diagram_of_a_folder_gets_findings_or_loads_within_a_second() -> None:
    told: Counter[str] = Counter()
    paths = sorted(Path(FOLDER or "").rglob("*.bpmn"))
    assert paths
    slowest = 0.0
    for path in paths:
        began = process_time()
        told.update(looked_at(path.read_bytes()) or {"loads"})
        slowest = max(slowest, process_time() - began)
        assert process_time() - began < 1, path
    print(len(paths), "diagrams;", dict(told), f"; slowest {slowest:.2f} s")
