"""What may be wrong with a scenario: one change to the sound one for each fault, and what its line says."""

from __future__ import annotations

from tests.unit.faults_drawn import Row
from tests.unit.tea import SCENARIO

CHANGES = [
    # the fault, what is replaced by what, and a piece of the line that the finding names
    ("scenario.unreadable/yaml", "  - sign:\n", "  - sign: a: b\n", "a: b"),
    ("scenario.unreadable/yaml", "  - sign:\n", "  - 'sign:\n", "'sign"),
    ("scenario.unreadable/yaml", "  - sign:\n", "\t- sign:\n", "\t- sign"),
    ("scenario.unreadable/alias", "[cold]", "&all [cold]", "&all"),
    ("scenario.unreadable/alias", "[cold]", "[*all]", "*all"),
    ("scenario.unreadable/alias", "[cold]", "!!python/name:os.system [cold]", "!!python"),
    ("scenario.unreadable/depth", "[cold]", "[[[[[[[[cold]]]]]]]]", "[[[["),
    ("scenario.unreadable/key", "  settings: {", "  settings: {? [a] : b, ", "[a]"),
    ("scenario.unreadable/twice", "  - sign:\n", "  - sign:\n    sign:\n", "sign:"),
    ("scenario.unreadable/two", "name:", "---\na\n---\nname:", "name:"),
    ("scenario.unreadable/size", "name:", "#" * 17_000 + "\nname:", "#"),
    ("scenario.shape/mapping", "given:\n", "given: tea\nx:\n", "given"),
    ("scenario.shape/list", "when:\n", "when: {}\nx:\n", "when"),
    ("scenario.shape/list", "    reasons: [cold]", "    reasons: cold", "cold"),
    ("scenario.shape/list", "[{leaf.verdict: bad}, {leaf.verdict: ok}]", "ok", "ok"),
    ("scenario.shape/key", "name:", "naem:", "naem"),
    ("scenario.shape/missing", "then:\n  end: done\n  status: 喝完了\n", "", "name"),
    ("scenario.shape/neither", "  end: done\n", "", "status"),
    ("scenario.shape/pairs", "  end: done\n", "  open: sign\n", "open"),
    ("scenario.shape/list", "  end: done\n", "  end: done\n  path: sign\n", "path"),
    ("scenario.shape/word", "  - sign:\n", "  - sign:\n    taste:\n", "sign"),
    ("scenario.shape/word", "  - sign:\n", "  - sign\n", "- sign"),
    ("scenario.setting", "idle_limit", "idle_limits", "idle_limits"),
    ("scenario.service", "leaf.check", "leaf.chek", "leaf.chek"),
    ("scenario.step", "  - sign:", "  - sing:", "sing"),
    ("scenario.fact/step", "taste.decision", "taste.decisions", "taste.decisions"),
    ("scenario.fact/service", "leaf.verdict: ok", "leaf.verdicts: ok", "leaf.verdicts"),
    ("scenario.reason", "[cold]", "[old]", "[old]"),
    ("scenario.reason", "  - sign:\n", "  - sign:\n    reasons: [cold]\n", "reasons: [cold]"),
    ("scenario.event/back", "back: sign", "back: order", "back: order"),
    ("scenario.event/message", "abandon", "abandn", "abandn"),
    ("scenario.event/timer", "timer: warn", "timer: warm", "warm"),
    ("scenario.event/fails", "check_leaf", "check_leave", "check_leave"),
    ("scenario.event/advance", "timer: warn", "advance: soon", "soon"),
    ("scenario.event/advance", "timer: warn", "advance: 9999d", "9999d"),
    ("scenario.event/advance", "timer: warn", "advance: 0d", "0d"),
    ("scenario.step", "  end: done\n", "  open: {sing: }\n", "sing"),
    ("scenario.then/role", "  end: done\n", "  open: {sign: singer}\n", "singer"),
    ("scenario.then/path", "  end: done\n", "  end: done\n  path: [gone]\n", "gone"),
    ("scenario.then/texts", "  end: done\n", "  end: done\n  texts: [gone]\n", "gone"),
    ("scenario.then/fact", "  end: done\n", "  end: done\n  facts: {gone: 1}\n", "gone"),
    ("scenario.end/unknown", "end: done", "end: gone", "end: gone"),
    ("scenario.end/status", "status: 喝完了", "status: 走了", "走了"),
]
PLAYED: list[Row] = [(fault, SCENARIO, old, new, says) for fault, old, new, says in CHANGES]
