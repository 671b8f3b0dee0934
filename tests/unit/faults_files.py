"""Files that are none: hostile, broken or of another kind; the fault of each, and the line that is named."""

from __future__ import annotations

from tests.unit.tea import (
    AGREEMENT,
    BUSINESS,
    CHECK,
    DECISIONS,
    ORDER_FORM,
    PROCESS,
    QUESTIONS,
    REASONS,
    diagram,
    flow,
    tea,
)

GOOD = tea()[CHECK].decode()
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
HEAD = "<?xml version='1.0'?>\n<!-- a -->\n"

XML: list[tuple[str, str, bytes, int | None]] = [
    # what it is, the fault, the file and the line that is named
    ("nothing", "xml.empty", b"", None),
    ("blanks", "xml.empty", b" \n\t", None),
    ("a document type", "xml.doctype", GOOD.replace("<definitions", "<!DOCTYPE definitions><definitions").encode(), 2),
    ("an outside document type", "xml.doctype", b'<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd"><d/>', 1),
    ("an outside entity", "xml.doctype", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', 1),
    ("a parameter entity", "xml.doctype", b'<!DOCTYPE d [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]><d/>', 1),
    ("a billion laughs", "xml.doctype", f"<!DOCTYPE d [{ENTITIES}]><d>&e9;</d>".encode(), 1),
    ("an entity nobody declared", "xml.syntax", b"<d>\n&x;</d>", 2),
    ("a late document type", "xml.doctype", f"{HEAD}<!DOCTYPE d><d/>".encode(), 3),
    ("UTF-16 with its mark", "xml.encoding/bytes", GOOD.replace("UTF-8", "UTF-16").encode("utf-16"), 1),
    ("UTF-16 without one", "xml.encoding/bytes", ("<?xml encoding='utf-16'?>" + GOOD[39:]).encode("utf-16-le"), None),
    ("GB18030", "xml.encoding/bytes", GOOD.replace("UTF-8", "GB18030").encode("gb18030"), None),
    ("a declared other encoding", "xml.encoding/declared", b"<?xml version='1.0' encoding='utf-7'?><d/>", 1),
    ("binary", "xml.encoding/bytes", b"PK\x03\x04" + bytes(range(256)) * 20, None),
    ("NUL bytes", "xml.syntax", b"<d>\n\0</d>", 2),
    ("no XML", "xml.syntax", b"{}", 1),
    ("half a file", "xml.syntax", GOOD[:1000].encode(), None),
    ("deep nesting", "xml.depth", b"<d>\n" * 100_000 + b"</d>" * 100_000, None),
    ("nesting that a parser bears", "xml.depth", b"<d>\n" * 200 + b"</d>" * 200, 33),
    ("very many elements", "xml.count", b"<d>" + b"<a/>\n" * 200_000 + b"</d>", 20_000),
    ("very many attributes", "xml.syntax", b"<d " + b"a='1' " * 100_000 + b"/>", 1),
    ("a name of a megabyte", "xml.syntax", b"<" + b"a" * 1_000_000 + b"/>", 1),
    ("20 MB", "bundle.size/file", b"<d>" + b"a" * 20_000_000 + b"</d>", None),
]

DMN = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="t" namespace="t"/>'

JSON: list[tuple[str, str, bytes, int | None]] = [
    ("nothing", "json.syntax/json", b"", 1),
    ("UTF-16", "json.syntax/text", b"\xff\xfe{\x00}\x00", 1),
    ("GB18030", "json.syntax/text", '{\n"茶": 1}'.encode("gb18030"), 2),
    ("half a file", "json.syntax/json", b'{\n"a": 1,\n', 3),
    ("not a number", "json.syntax/number", b'{\n"a": NaN}', 2),
    ("half a character", "json.syntax/character", b'{\n"a": ["\\uD83D"]}', 2),
    ("NUL as an escape", "json.syntax/character", b'{\n"a\\u0000": 1}', 2),
    ("a key twice", "json.syntax/twice", b'{"a": 1,\n"a": 2}', 2),
    ("deep lists", "json.syntax/deep", b"[" * 100_000, None),
    ("deeper than any record is", "json.syntax/deep", b'{"a":' * 40 + b"1" + b"}" * 40, None),
    ("deep objects", "json.syntax/deep", b'{"a":' * 100_000, None),
    ("a number of ten thousand digits", "json.syntax/json", b"1" * 10_000, None),
    ("binary", "json.syntax/text", bytes(range(256)), None),
    ("20 MB", "bundle.size/file", b'"' + b"a" * 20_000_000 + b'"', None),
]
YAML: list[tuple[str, str, bytes, int | None]] = [
    ("nothing", "scenario.shape/mapping", b"", 1),
    ("UTF-16", "text.encoding", "name: a".encode("utf-16"), 1),
    ("GB18030", "text.encoding", "name: 茶\n".encode("gb18030"), 1),
    ("binary", "text.encoding", bytes(range(256)), None),
    ("NUL", "scenario.unreadable/yaml", b"a: b\nc: \0", None),
    ("a control character", "scenario.unreadable/yaml", b"a: b\nc: \x01", None),
    ("a billion laughs", "scenario.unreadable/alias",
     b"a: &a [x, x]\n" + b"".join(b"b%d: &b%d [*a, *a]\n" % (n, n) for n in range(400)), 1),
    ("a tag that runs", "scenario.unreadable/alias", b"a: !!python/object/apply:os.system [ls]", 1),
    ("deep lists", "scenario.unreadable/depth", b"[" * 16_000, 1),
    ("deep mappings", "scenario.unreadable/depth", b"{a: " * 4_000, 1),
    ("deep dashes", "scenario.unreadable/depth", b"- " * 8_000, 1),
    ("half a file", "scenario.unreadable/yaml", b"a: [\n  b", None),
    ("a key twice", "scenario.unreadable/twice", b"name: a\nname: b", 2),
    ("very many keys", "scenario.shape/key", b"".join(b"k%d: 1\n" % n for n in range(1_800)), None),
    ("larger than a scenario", "scenario.unreadable/size", b"# a\n" * 5_000, 1),
    ("20 MB", "bundle.size/file", b"a: b\n" * 4_000_000, None),
]  # fmt: skip

TEXT: list[tuple[str, str, bytes, int | None]] = [
    ("nothing", "text.empty", b"", None),
    ("UTF-16", "text.encoding", "# 茶".encode("utf-16"), 1),
    ("GB18030", "text.encoding", "# 茶".encode("gb18030"), 1),
    ("binary", "text.encoding", b"PK\x03\x04" + bytes(range(256)), None),
    ("NUL", "text.encoding", b"# tea\n\0", 2),
    ("20 MB", "bundle.size/file", b"# a\n" * 5_000_000, None),
]

MISTAKES: list[tuple[str, str, str, object]] = [
    # as many mistakes as fit into a file
    ("unknown keys", "json.shape/key", BUSINESS, {f"key{n}": 1 for n in range(10_000)}),
    ("records that are none", "json.shape/object", REASONS, ["x"] * 50_000),
    ("records without anything", "json.shape/text", QUESTIONS, {"draw": 1, "needed": 1, "questions": [{}] * 5_000}),
    ("reasons of nothing", "reason.step/unknown", REASONS,
     [{"code": f"c{n}", "text": "茶", "customer_text": "茶", "step": "ordr", "desks": ["tast"]} for n in range(2_000)]),
    ("notices", "json.shape/key", "processes/tea/notices.json", {f"n{n}": {"titel": "{a}"} for n in range(5_000)}),
    ("English", "text.english/text", "processes/tea/texts.en.json", {f"n{n}": "{a}" for n in range(10_000)}),
    ("components", "reason.field", ORDER_FORM, {"components": [{"type": "htlm", "key": "a"}] * 5_000}),
]  # fmt: skip


JSON_PATHS = [BUSINESS, REASONS, "processes/tea/notices.json", ORDER_FORM, "processes/tea/texts.en.json"]


def _long() -> bytes:
    nodes = [f'<intermediateThrowEvent id="n{number}"/>\n' for number in range(249)]
    flows = [flow(f"n{number}", f"n{number + 1}") for number in range(248)]
    ends = '<startEvent id="s"/><endEvent id="e"/>' + flow("s", "n0") + flow("n248", "e")
    return diagram(f'<process id="long" isExecutable="true">{"".join(nodes + flows)}{ends}</process>').encode()


def _without(path: str) -> dict[str, bytes]:
    return {name: data for name, data in tea().items() if name != path}


WHOLE: list[tuple[str, dict[str, bytes], str, str | None]] = [
    # the fault, the files, the file that is named, and a piece of its line
    ("bundle.file", {**tea(), "processes/tea/notes.txt": b"x"}, "processes/tea/notes.txt", None),
    ("bundle.file", {**tea(), "processes/tea/x.py": b"x"}, "processes/tea/x.py", None),
    ("bundle.count", {**tea(), **{f"processes/tea/scenarios/s{n}.yaml": b"" for n in range(500)}}, "", None),
    (
        "bundle.size/all",
        {**tea(), **{f"processes/tea/scenarios/s{n}.yaml": b"a" * 1024**2 for n in range(21)}},
        "",
        None,
    ),
    ("business.missing", _without(BUSINESS), BUSINESS, None),
    ("questions.missing", _without("processes/tea/questions.json"), "forms/tea/taste.form.json", "knowledge_questions"),
    (
        "text.english/document",
        _without("processes/tea/agreements/order.en.md"),
        "processes/tea/agreements/order.md",
        None,
    ),
    (
        "decision.duplicate",
        {**tea(), "processes/tea/more.dmn": tea()[DECISIONS]},
        "processes/tea/more.dmn",
        "<decision ",
    ),
    ("text.encoding", {**tea(), AGREEMENT: "茶".encode("gb18030")}, AGREEMENT, None),
    ("text.encoding", {**tea(), AGREEMENT: "# 茶\n".encode("utf-16")}, AGREEMENT, None),
    ("text.encoding", {**tea(), AGREEMENT: b"# tea\n\0"}, AGREEMENT, None),
    (
        "text.encoding",
        {**tea(), "processes/tea/scenarios/x.yaml": bytes(range(256))},
        "processes/tea/scenarios/x.yaml",
        None,
    ),
    ("text.empty", {**tea(), AGREEMENT: b" \n"}, AGREEMENT, None),
    ("dmn.empty/file", {**tea(), "processes/tea/more.dmn": DMN.encode()}, "processes/tea/more.dmn", "<definitions"),
    ("bpmn.count", {**tea(), "processes/shared/long.bpmn": _long()}, "processes/shared/long.bpmn", "<endEvent"),
    ("bpmn.element", {**tea(), PROCESS: b"<svg xmlns='http://www.w3.org/2000/svg'/>"}, PROCESS, "<svg"),
    ("bpmn.element", {**tea(), PROCESS: b"<definitions/>"}, PROCESS, "<definitions"),
]
