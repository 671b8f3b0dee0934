"""The catalogue is light, and says of each service what its function takes."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from workers.catalogue import FUNCTIONS, SERVICES
from workers.service import declared, service

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


def test_the_services_that_the_diagrams_name_are_there() -> None:
    assert set(SERVICES) == {
        "account.apply", "account.withdraw", "card.check", "certificate.revoke", "notice.send", "obligation.settle",
        "photo.check", "photo.process",
    }  # fmt: skip


def test_two_functions_of_one_name_are_an_error() -> None:
    with pytest.raises(ValueError, match="twice"):
        service("photo.check")(lambda job: None)
    assert declared()["photo.check"] is FUNCTIONS["photo.check"]
