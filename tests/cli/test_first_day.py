"""A company's first day, as docs/operating.md tells it: from an empty folder to the first signed case, word by word."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select

from cli.installation import Installation
from cli.main import main
from cli.web import web_application
from engine import outbox, texts
from engine.store import Store
from engine.tables import AuditRow, Case, Obligation, Task
from tests.cli.conftest import Kaihu
from tests.house import ROOT
from tests.web.conftest import BROKERAGE, ask_code, close, enter, hidden, post, sign_in_staff
from workers.house import House, build
from workers.run import perform_in
from workers.settings import WorkerSettings
from workers.texts import deliver

NUMBER, PHONE = "119901198803150025", "13800000001"
OWN_PASSWORD = "a sentence of his own"


def chapter(page: str, heading: str) -> str:
    return (ROOT / "docs" / page).read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]


ENGLISH, CHINESE = chapter("operating.md", "A company's first day"), chapter("operating.zh.md", "公司的第一天")


def commands(text: str) -> list[str]:
    """Every line that begins with `kaihu`, without its remark."""
    lines = (line.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.split("\n"))
    return [line.split(" # ")[0].strip() for line in lines if line.startswith("kaihu ")]


def test_both_languages_type_the_same() -> None:
    plain = [[re.sub(r' --note ".*"', "", line) for line in commands(text)] for text in (ENGLISH, CHINESE)]
    assert plain[0] == plain[1] and len(plain[0]) > 14
    assert re.findall(r"```csv\n(.*?)```", ENGLISH, re.DOTALL) == re.findall(r"```csv\n(.*?)```", CHINESE, re.DOTALL)


@pytest.fixture
def day(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Result]:
    """All commands of the chapter up to the last look, done one after the other where its files lie."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KAIHU_DATA", str(data))
    Path("customers.csv").write_text(re.findall(r"```csv\n(.*?)```", ENGLISH, re.DOTALL)[0], "utf-8")
    monkeypatch.setenv("VISUAL", str(always_open(tmp_path / "editor")))
    done = {}
    for line in commands(ENGLISH):
        if not line.startswith(("kaihu sms", "kaihu audit")):
            line, _, output = line.partition(" > ")
            done[line] = CliRunner().invoke(main, shlex.split(line)[1:])
            assert done[line].exit_code == 0, (line, done[line].output)
            if output:
                Path(output).write_text(done[line].output, "utf-8")
    return done


def always_open(editor: Path) -> Path:
    """Somebody who changes one thing of the record: whenever this test runs, the company is open."""
    change = 'text.replace(\'"self_service": {\', \'"self_service": {"always_open": true,\', 1)'
    editor.write_text(
        "#!/usr/bin/env python3\nimport pathlib, sys\npath = pathlib.Path(sys.argv[1])\n"
        f"text = path.read_text('utf-8')\npath.write_text({change}, 'utf-8')\n"
    )
    editor.chmod(0o755)
    return editor


@pytest.fixture
def app(day: dict[str, Result], place: Installation) -> Iterator[Flask]:
    made = web_application(place)
    yield made
    close(made)


@pytest.fixture
def house(place: Installation, store: Store) -> Iterator[House]:
    made = build(WorkerSettings(place.data, place.database_url, "", store.known))
    yield made
    made.store.db.dispose()


def work(house: House) -> None:
    """The relay and the worker in one."""
    for text in texts.due(house.store):
        deliver(house, text.job_id, text.attempt)
    for job in outbox.due(house.store):
        perform_in(house, job.job_id, job.attempt)


def test_the_first_case_is_signed(day: dict[str, Result], app: Flask, kaihu: Kaihu, house: House, store: Store) -> None:
    assert "the record is changed" in day['kaihu company edit --note "our own record"'].output
    assert "1 added" in day["kaihu customers import customers.csv"].output
    once = re.findall(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", " ".join(one.output for one in day.values()))
    zhao, customer = app.test_client(), app.test_client()

    page = ask_code(app, customer, NUMBER, "/sign-in")
    work(house)
    code = re.findall(r"\d{6}", kaihu("sms", "last", PHONE).output.split("验证码是")[1])[0]
    assert enter(customer, page, NUMBER, code, "/sign-in", account_type=BROKERAGE).location == "/my"
    with store.read() as tx:
        owed = tx.scalars(select(Obligation.id)).one()
    case = post(customer, f"/my/obligations/{owed}/start", customer.get("/my")).location
    for answer in ({}, {"place": "counter"}):  # no certificate; at the counter
        step = customer.get(customer.get(case).location)
        given = {name: hidden(step, name) for name in ("csrf_token", "submission_id")}
        customer.post(step.request.path, data=given | answer)
    assert "请到营业部柜台签署" in customer.get(case, follow_redirects=True).text

    assert sign_in_staff(zhao, "zhao", once[1]).status_code == 303
    post(zhao, "/staff/password", zhao.get("/staff/password"), new=OWN_PASSWORD, again=OWN_PASSWORD)
    with store.read() as tx:
        task = f"/desk/tasks/{tx.scalars(select(Task.id).where(Task.closed_at.is_(None))).one()}"
    post(zhao, f"{task}/claim", zhao.get(task))
    form = zhao.get(task)
    decision = {"decision": "signed", "in_person": "yes", "paper_signed": "yes", "filing_number": "2026-001"}
    post(zhao, task, form, submission_id=hidden(form, "submission_id"), **decision)
    work(house)
    assert "办理成功" in customer.get("/my").text
    with store.read() as tx:
        assert tx.scalars(select(Case)).one().status == "办理成功"
    assert "all as they were written" in kaihu("audit", "verify").output
    with store.read() as tx:
        assert "sms.read" in tx.scalars(select(AuditRow.action))
