"""`kaihu company`: the record goes out as a text and comes back changed, or not at all, and nothing typed is lost."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.actors import SYSTEM
from engine.company import history, load, save
from engine.company.writing import read
from engine.store import Store
from tests.cli.conftest import Kaihu

Editor = Callable[[str], None]


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    """Somebody at an editor: a line of sed, done to the file that he is given."""
    script = tmp_path / "editor"

    def will(do: str) -> None:
        script.write_text(f"#!/bin/sh\nsed -i '{do}' \"$1\"\n")
        script.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(script))

    return will


HOTLINE = 's/"hotline": ".*"/"hotline": "95000"/'


def kept(data: Path) -> Path:
    return data / "company.edit.json"


def test_a_changed_record_is_taken(kaihu: Kaihu, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "company.json"
    document = json.loads(kaihu("company", "show").output)
    file.write_text(json.dumps(document | {"hotline": "400-000-0001"}), encoding="utf-8")
    done = kaihu("company", "load", str(file))
    assert done.exit_code == 0 and "hotline 400-000-0001" in done.output
    with store.read() as tx:
        assert load(tx).hotline == "400-000-0001" and not load(tx).demonstration
    assert json.loads(kaihu("company", "show").output) == document | {"hotline": "400-000-0001"}


@pytest.mark.parametrize("text", ["{", "[]", '{"name": 1}'])
def test_a_record_with_a_mistake_changes_nothing(kaihu: Kaihu, tmp_path: Path, text: str) -> None:
    before = kaihu("company", "show").output
    file = tmp_path / "company.json"
    file.write_text(text, encoding="utf-8")
    done = kaihu("company", "load", str(file))
    assert done.exit_code == 1 and "wrong    " in done.output and "nothing was taken" in done.output
    assert kaihu("company", "check", str(file)).exit_code == 1
    assert kaihu("company", "show").output == before


def test_the_record_is_edited_and_who_changed_what_is_kept(
    kaihu: Kaihu, store: Store, data: Path, editor: Editor
) -> None:
    editor(HOTLINE)
    done = kaihu("company", "edit", "--note", "a new hotline")
    assert (done.exit_code, done.output) == (0, "the record is changed\n") and not kept(data).exists()
    with store.read() as tx:
        assert load(tx).hotline == "95000"
        [change] = history(tx)
    assert change.changes == [["hotline", "400-000-0000", "95000"]] and change.note == "a new hotline"
    said = kaihu("company", "history").output
    assert "a new hotline" in said and "hotline: 400-000-0000 -> 95000" in said
    assert kaihu("company", "edit").output == "nothing was changed\n"


def test_a_mistake_is_told_and_what_was_typed_is_kept_until_it_is_good(
    kaihu: Kaihu, store: Store, data: Path, editor: Editor
) -> None:
    editor(f'{HOTLINE}; s/"days_ahead": 30/"days_ahead": 300/')
    done = kaihu("company", "edit")
    assert done.exit_code == 1 and "appointments.days_ahead：须在 1 到 90 之间 / 1 to 90" in done.output
    assert f"what you wrote is kept in {kept(data)}" in done.output
    assert stat.S_IMODE(kept(data).stat().st_mode) == 0o600
    assert "//!  appointments.days_ahead" in kept(data).read_text("utf-8")
    editor('s/"days_ahead": 300/"days_ahead": 60/')
    again = kaihu("company", "edit")
    assert again.exit_code == 0 and "going on with what was kept" in again.output and not kept(data).exists()
    with store.read() as tx:
        assert (load(tx).hotline, load(tx).appointments.days_ahead) == ("95000", 60)


def test_a_text_that_is_no_json_is_told_with_its_line_and_kept(kaihu: Kaihu, data: Path, editor: Editor) -> None:
    editor('s/"hotline": "400-000-0000",/"hotline": "95000"/')
    done = kaihu("company", "edit")
    line = int(done.output.split("line ")[1].split(",")[0])
    assert done.exit_code == 1 and "calendars" in kept(data).read_text("utf-8").split("\n")[line]  # problems are above
    editor('s/"hotline": "95000"/"hotline": "95000",/')
    assert kaihu("company", "edit").exit_code == 0


def test_who_comes_second_does_not_overwrite_what_he_has_not_seen(
    kaihu: Kaihu, store: Store, data: Path, editor: Editor
) -> None:
    editor('s/"days_ahead": 30/"days_ahead": 300/')
    kaihu("company", "edit")
    with store.read() as tx:
        now = load(tx)
    save(store, {**now.document, "hotline": "12345"}, by=SYSTEM)
    editor('s/"days_ahead": 300/"days_ahead": 60/')
    done = kaihu("company", "edit")
    assert done.exit_code == 1 and "somebody else has changed the record meanwhile" in done.output
    with store.read() as tx:
        assert load(tx).hotline == "12345" and load(tx).appointments.days_ahead == 30
    assert read(kept(data).read_text("utf-8"))["appointments"]["days_ahead"] == 60
    assert kaihu("company", "edit").exit_code == 0  # who has looked may
    assert kaihu("company", "edit", "--anew").output == "nothing was changed\n"


def test_what_is_worth_a_look_is_told(kaihu: Kaihu, tmp_path: Path) -> None:
    done = kaihu("company", "check")
    assert done.exit_code == 0 and "look at  name：还是样例，请换成贵公司的 / is still the sample" in done.output
    assert "there is no certificate authority" in done.output and "there is no SMS gateway" in done.output
    assert "there is no administrator who may sign in" in done.output
    assert "there is no branch yet" in done.output and done.output.endswith("nothing is wrong\n")


def test_the_table_of_banks_goes_out_and_comes_back_changed(kaihu: Kaihu, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "bins.csv"
    table = kaihu("company", "banks", "export").output
    file.write_bytes(table.replace("622202,19", "622202,18").encode("gb18030"))
    assert "1 changes would be made" in kaihu("company", "banks", "import", str(file), "--dry-run").output
    with store.read() as tx:
        assert load(tx).banks[0].bins[0].length == 19
    done = kaihu("company", "banks", "import", str(file))
    assert done.output == "banks.ICBC.bins.622202.length: 19 -> 18\n1 changes\n"
    with store.read() as tx:
        assert load(tx).banks[0].bins[0].length == 18 and history(tx)[0].note == "bins.csv"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "bank,prefix,length,kind\nICBC,62x,19,debit\n",
            "line 2：卡号开头须是 3 至 10 位数字 / prefix has 3 to 10 digits",
        ),
        (
            "bank,prefix,length,kind\nICBC,622848,19,debit\n",
            "line 2：卡号开头 622848 已属于农业银行 / the prefix 622848 is",
        ),
        ("bank,prefix\n", "columns are missing: length, kind"),
    ],
)
def test_a_bad_table_changes_nothing(kaihu: Kaihu, tmp_path: Path, text: str, told: str) -> None:
    before, file = kaihu("company", "show").output, tmp_path / "bins.csv"
    file.write_text(text, "utf-8")
    for words in ((), ("--dry-run",)):
        done = kaihu("company", "banks", "import", str(file), *words)
        assert done.exit_code == 1 and told in done.output
    assert kaihu("company", "show").output == before


def test_whoever_switches_the_second_review_on_reads_that_a_branch_has_one_reviewer_alone(
    kaihu: Kaihu, a_customer: Store, editor: Editor
) -> None:
    for login, role in (("zhao", "reviewer"), ("qian", "verifier")):
        kaihu("staff", "add", login, "--name", login, "--role", role, "--branch", "north")
    editor('s/"second_review": false/"second_review": true/')
    said = kaihu("company", "edit").output.splitlines()
    assert len(said) == 2, "what was worth a look before is not repeated"
    assert "“复核”和“柜台办理”须由两个人办理" in said[1] and "add another one (reviewer, kaihu staff add)" in said[1]
    assert said[1] in kaihu("company", "check").output
    assert "steps review and second_review" in kaihu("doctor").output
    kaihu("staff", "add", "sun", "--name", "sun", "--role", "reviewer", "--branch", "north")
    assert said[1] not in kaihu("company", "check").output
