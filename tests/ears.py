"""What somebody with good devices reports of them, and the digits that he hears."""

from __future__ import annotations

import io
import json
import wave

from webapp.devices.speech import DIGITS, PAUSE, clip

GOOD: dict[str, object] = {
    "secure": True,
    "simulated": False,
    "camera_error": "",
    "brightness": 120.0,
    "deviation": 50.0,
    "motion": 3.0,
    "microphone_error": "",
    "level": 0.05,
    "answer_ms": 30.0,
    "upload_kbit": 9000.0,
    "way": "direct",
}


def report(typed: str = "", **measured: object) -> str:
    """What the page of the check sends, with whatever is different this time."""
    return json.dumps({**GOOD, "typed": typed, **measured})


def heard(sound: bytes, voice: str = "zh") -> str:
    """The digits that are spoken in a WAV file of ours."""
    with wave.open(io.BytesIO(sound), "rb") as opened:
        left, silence = opened.readframes(opened.getnframes()), 2 * int(PAUSE * opened.getframerate())
    words = {clip(voice, digit)[1]: digit for digit in DIGITS}
    digits, left = "", left[silence:]
    while left:
        word = next((word for word in words if left.startswith(word)), None)
        assert word is not None, "not one of our digits"
        digits, left = digits + words[word], left[len(word) + silence :]
    return digits
