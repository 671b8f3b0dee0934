"""A process that is as warm as a worker before its first photograph."""

from __future__ import annotations

import os

import pytest

from tests.fuzz.judge import warm


@pytest.fixture(scope="session")
def warm_worker() -> None:
    if not hasattr(os, "fork"):
        pytest.skip("files are read apart where there is fork")
    warm()
