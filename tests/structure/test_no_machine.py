"""Nothing in the repository knows the machine that it was written on, or speaks to a host that it was not told of."""

from __future__ import annotations

import re

import pytest

from tests.house import ROOT
from tests.structure.sources import files, name

TEXT = (
    ".py", ".html", ".js", ".css", ".json", ".bpmn", ".dmn", ".yaml", ".md", ".txt", ".toml", ".ini", ".mako", ".cfg",
    ".po", ".svg", ".ci/run", "run", "LICENSE", "NOTICE", ".gitignore",
)  # fmt: skip
PATHS = re.compile(r"(?<![\w.~/-])/(?:work|root|home|Users|mnt)/[\w.-]+")
HOSTS = re.compile(r"\b(?:https?|wss?)://([^\s\"'`<>(){}\[\]\\/?#]*)", re.IGNORECASE)
LOOPBACK = re.compile(r"(?:[^@]*@)?(?:127\.0\.0\.1|localhost|\[?::1\]?)?(?::.*)?")
ALLOWED = {
    "www.w3.org": "namespaces of XML and SVG",
    "www.omg.org": "namespaces of BPMN and DMN",
    "bpmn.io": "namespace of bpmn.io's modelers",
    "spiffworkflow.org": "namespace of SpiffWorkflow's properties",
    "camunda.org": "namespace of an engine whose attributes are refused",
    "ns.adobe.com": "by which XMP names itself in a JPEG",
    "docs.astral.sh": "how to get uv",
    "json.schemastore.org": "by which SARIF names its own form",
    "www.apache.org": "the licence's own text",
}
HOSTILE = {
    "tests/web/test_texts.py": "links that a text may not become",
    "tests/store/test_account_wire.py": "addresses that personal data must not be sent to",
}
MADE_UP = re.compile(r"(?:[\w-]+\.)*(?:example|example\.(?:org|com|net)|test|invalid)")
"""Names that RFC 2606 keeps for examples."""


def sources() -> list[tuple[str, str]]:
    own = name(ROOT / "tests/structure/test_no_machine.py")
    return [(name(path), path.read_text("utf-8")) for path in files(*TEXT) if name(path) != own]


def foreign(text: str) -> set[str]:
    hosts = {host.lower() for host in HOSTS.findall(text)}
    plain = {host for host in hosts if not LOOPBACK.fullmatch(host)}
    named = {host.split(":")[0] for host in plain}
    return {host for host in named if host not in ALLOWED and not MADE_UP.fullmatch(host)}


def test_no_file_names_a_path_of_a_machine() -> None:
    assert len(sources()) > 400
    assert [(file, found) for file, text in sources() if (found := PATHS.findall(text))] == []


def test_no_file_names_a_foreign_host() -> None:
    hosts = {(file, host) for file, text in sources() for host in foreign(text)}
    assert {each for each in hosts if each[0] not in HOSTILE} == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://tracker.somewhere.cn/x", True),
        ("wss://calls.somewhere.cn", True),
        ("http://127.0.0.1:8000/", False),
        ("http://localhost:{port}", False),
        ("https://evil.example/", False),
        ("http://www.w3.org/2000/svg", False),
    ],
)
def test_a_foreign_host_would_be_found(text: str, found: bool) -> None:
    assert bool(foreign(text)) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [("open /home/li/kaihu", True), ('"/root/x"', True), ("/my/home/x", False), ("a/work/b", False)],
)
def test_a_path_would_be_found(text: str, found: bool) -> None:
    assert bool(PATHS.search(text)) is found
