"""The catalogue is light, and says of each service what its function takes."""

from __future__ import annotations

import inspect
import re
import subprocess
import sys

import pytest

from engine.outbox import check_results
from workers.catalogue import FUNCTIONS, SERVICES
from workers.service import declared, service

CHINESE = re.compile(r"[\u3400-\u9fff]")
HEAVY = ("skimage", "numpy", "PIL", "rq", "redis", "sqlalchemy", "scipy")


def test_the_web_may_import_it_without_the_pixels_and_the_queue() -> None:
    program = f"import sys, workers.catalogue; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_function_takes_what_its_declaration_says(name: str) -> None:
    spec, parameters = SERVICES[name], inspect.signature(FUNCTIONS[name].function).parameters
    assert "." in name
    assert list(parameters) == ["job", *spec.params]
    assert spec.lease > 0
    assert spec.max_attempts > 0


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_operators_read_what_a_service_does_and_what_may_be_given_in_its_place(name: str) -> None:
    spec = SERVICES[name]
    assert CHINESE.search(spec.title) and spec.title_en and not CHINESE.search(spec.title_en)
    assert len({each.name for each in spec.by_hand}) == len(spec.by_hand)
    for each in spec.by_hand:
        check_results(spec, each.facts)
        assert CHINESE.search(each.says) and each.says_en and not CHINESE.search(each.says_en)


def test_a_result_that_is_none_of_the_services_would_be_found() -> None:
    with pytest.raises(ValueError, match="answers with"):
        check_results(SERVICES["photo.check"], {"photos.verdict": "ok", "more": True})


def test_the_services_that_the_diagrams_name_are_there() -> None:
    assert set(SERVICES) == {
        "account.apply", "account.withdraw", "card.check", "card.read", "certificate.revoke", "notice.send",
        "obligation.settle", "photo.check", "photo.look", "photo.process", "photo.read", "photo.recognise",
        "still.look", "video.compose", "video.remux",
    }  # fmt: skip


def test_only_who_answers_nothing_may_be_spared() -> None:
    spared = {name: one.spec.results for name, one in FUNCTIONS.items() if one.spared}
    assert spared == {"photo.read": {}, "card.read": {}}


def test_two_functions_of_one_name_are_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        service("photo.check")(lambda job: None)
    assert declared()["photo.check"] is FUNCTIONS["photo.check"]
