"""Two errors are the same trouble when they are of one class, wherever in the program they came up."""

from __future__ import annotations

import pytest

from engine.incidents import error_class


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("TimeoutError in LocalSms.send:30", "TimeoutError"),
        ("TimeoutError in Outer.<locals>.keep:7", "TimeoutError"),
        ("TimeoutError", "TimeoutError"),
        ("no answer within the lease", "no answer within the lease"),
        ("took too long", "took too long"),
        ("impossible: a certificate was issued in this case", "impossible: a certificate was issued in this case"),
        ("impossible: signature: expired", "impossible: signature: expired"),
        ("", ""),
    ],
)
def test_the_class_of_an_error(text: str, found: str) -> None:
    assert error_class(text) == found
