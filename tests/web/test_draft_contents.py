"""The page of a draft calls its files by names, and says which were changed and where something is wrong."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.web.conftest import MAIN, post
from tests.web.sheets import press, put
from tests.web.sketching import SIGNING, begun, renamed, save

REASONS = f"processes/{MAIN}/reasons.json"
FORM = f"forms/{MAIN}/basic_data.form.json"


def entry(client: FlaskClient, draft: str, file: str) -> str:
    """The entry of a file in the list."""
    lists = client.get(draft).text.split('<ul class="draft-list">')[1:]
    entries = [one for some in lists for one in some.split("</ul>")[0].split("<li>")]
    (found,) = [one for one in entries if f'{file}"' in one]
    return found


def test_each_file_goes_by_its_name_and_leads_to_the_editor_of_its_kind(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    page = analyst.get(draft).text
    for name, kind, file in (
        ("个人基本资料", "forms", FORM),
        ("签署协议", "diagrams", SIGNING),
        ("驳回原因", "reasons", REASONS),
        ("待复核时放弃", "texts", f"processes/{MAIN}/scenarios/abandoned.yaml"),
    ):
        assert f'{draft}/{kind}/{file}">{name}</a>' in page
    assert ">Reject reasons</a>" in analyst.get(f"{draft}?lang=en", follow_redirects=True).text


def test_what_was_changed_and_what_is_wrong_is_marked_and_leads_to_its_file(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    assert "还没有改动" in analyst.get(draft).text and "已改" not in entry(analyst, draft, SIGNING)
    save(analyst, draft, renamed("请签署"))
    page = analyst.get(draft).text
    assert "改了 1 份文件" in page and "已改" in entry(analyst, draft, SIGNING)
    assert "1 处问题" in entry(analyst, draft, SIGNING), "a name without English"
    assert f'<a class="file-name" href="{draft}/diagrams/{SIGNING}">' in page.split('class="finding-list"')[1]
    assert "已改" not in entry(analyst, draft, FORM), "the control"


def test_a_broken_file_and_one_that_is_gone_are_listed(analyst: FlaskClient) -> None:
    draft = begun(analyst)
    file = f"processes/{MAIN}/scenarios/abandoned.yaml"
    press(analyst, analyst.get(f"{draft}/texts/{file}"), "save", put("text", "- - -\n&a"))
    assert "没有名称" in entry(analyst, draft, file) and ">abandoned.yaml</a>" in entry(analyst, draft, file)
    repeats = f"processes/{MAIN}/correction_repeats.dmn"
    record = f"processes/{MAIN}/business.json"
    press(analyst, analyst.get(f"{draft}/texts/{record}"), "save", put("text", "{}"))
    assert post(analyst, f"{draft}/remove-file", analyst.get(draft), file=repeats, seen="3").status_code == 303
    page = analyst.get(draft).text
    assert f'<span class="file-name">{repeats}</span>' in page.split("从草稿里删除的文件")[1]
