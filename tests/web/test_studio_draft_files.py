"""New files of a draft are sound and open in their editors; what others use stays."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from engine.decisions.sheets import read_sheets
from engine.diagrams.allowed import check_elements
from engine.diagrams.schema import check_schema
from engine.diagrams.writing import canonical
from engine.diagrams.xml import read_xml
from engine.store import Store
from tests.web.conftest import EXTRA, MAIN, bundle, post
from tests.web.sheets import press, put
from tests.web.sketching import begun, kept


class At:
    """The page of a draft, read once: its token is good for all of it."""

    def __init__(self, client: FlaskClient, business: str = MAIN) -> None:
        self.client, self.draft = client, begun(client, business)
        self.page = client.get(self.draft)

    def add(self, kind: str, own: str, name: str = "再核对一次", seen: int = 1) -> TestResponse:
        said = {"kind": kind, "id": own, "name": name, "seen": str(seen)}
        return post(self.client, f"{self.draft}/new-file", self.page, **said)

    def remove(self, file: str, seen: int = 1) -> TestResponse:
        return post(self.client, f"{self.draft}/remove-file", self.page, file=file, seen=str(seen))


@pytest.mark.parametrize("name", ["再核对一次", "<b a='\">&amp;", ""])
def test_a_new_file_is_sound_opens_in_its_editor_and_goes_again(analyst: FlaskClient, store: Store, name: str) -> None:
    at = At(analyst)
    for seen, kind in ((1, "bpmn"), (3, "dmn")):
        made = at.add(kind, f"extra_{kind}", name, seen)
        file = f"processes/{MAIN}/extra_{kind}.{kind}"
        assert made.status_code == 303 and made.location.endswith(file)
        assert analyst.get(made.location).status_code == 200
        data = kept(store, at.draft)[1][file]
        assert canonical(file, data) == data
        if kind == "bpmn":
            root = read_xml(file, data)
            assert check_elements(file, root) == [] == check_schema(file, root)
            assert analyst.get(f"{at.draft}/elements/extra_bpmn_step/{file}").status_code == 200
        else:
            assert [one.id for one in read_sheets(data, file)] == ["extra_dmn"]
            assert press(analyst, analyst.get(made.location), "line-add-1").status_code == 200
        assert at.remove(file, seen + 1).status_code == 303
        assert kept(store, at.draft) == (seen + 2, dict(bundle(MAIN).files))


BAD = {
    "no name": ("bpmn", "", "小写字母"),
    "a path": ("bpmn", "../x", "小写字母"),
    "Chinese": ("dmn", "核对", "小写字母"),
    "too long": ("dmn", "a" * 61, "小写字母"),
    "a process that there is": ("bpmn", "signing", "已经有“signing”"),
    "a step that there is": ("bpmn", "review", "已经有“review”"),
    "a decision that there is": ("dmn", "eligibility", "已经有“eligibility”"),
    "no kind": ("py", "x", "请选择文件的种类"),
    "reasons that there are": ("reasons", "", "已有驳回原因"),
}


def test_a_name_that_will_not_do_is_refused_and_stays_in_its_field(analyst: FlaskClient, store: Store) -> None:
    at = At(analyst)
    for case, (kind, own, said) in BAD.items():
        told = at.add(kind, own)
        assert told.status_code == 422 and said in told.text and 'value="再核对一次"' in told.text, case
    late = at.add("dmn", "extra", seen=0)
    assert late.status_code == 409 and "没有保存" in late.text
    assert kept(store, at.draft)[0] == 1


def test_what_others_use_is_not_taken_out(analyst: FlaskClient, store: Store) -> None:
    at = At(analyst)
    for path in sorted(bundle(MAIN).files):
        if path.endswith((".bpmn", ".dmn")):
            told = at.remove(path)
            assert told.status_code == 422 and "还在用它" in told.text, path
    for path in ("x.bpmn", f"processes/{MAIN}/business.json", ""):
        assert at.remove(path).status_code == 422, path
    assert kept(store, at.draft) == (1, dict(bundle(MAIN).files))


def test_a_business_without_reasons_gets_some(analyst: FlaskClient, store: Store) -> None:
    at, file = At(analyst, EXTRA), f"processes/{EXTRA}/reasons.json"
    assert file not in bundle(EXTRA).files
    made = at.add("reasons", "")
    assert "还没有驳回原因" in analyst.get(made.location).text
    page = analyst.get(f"{at.draft}/reason/new/{file}")
    assert (
        press(analyst, page, "save", *(put(key, key) for key in ("code", "text", "customer_text"))).status_code == 303
    )
    assert kept(store, at.draft)[1][file].startswith(b'[\n  {\n    "code": "code"')
