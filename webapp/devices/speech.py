"""The digits that a loudspeaker has to speak: drawn and judged here, so that the page does not know them."""

from __future__ import annotations

import io
import wave
from functools import cache
from importlib import resources

from webapp.house import vault

DIGITS = "023468"
LONG = 4
PAUSE = 0.25
FIELD = "device_checks.digits"


def code(task_id: str, tries: int) -> str:
    """The digits of this step; others after each try: the first is taken from one half of them, then from the other."""
    drawn = int(vault().index(FIELD, f"{task_id}:{tries}"), 16)
    places = [DIGITS[tries % 2 :: 2], *[DIGITS] * (LONG - 1)]
    return "".join(digits[drawn // len(DIGITS) ** place % len(digits)] for place, digits in enumerate(places))


def spoken(digits: str, language: str) -> bytes:
    """The digits as one WAV file, in Chinese or English."""
    voice = "en" if language == "en" else "zh"
    clips = [clip(voice, digit) for digit in digits]
    made, rate = io.BytesIO(), clips[0][0]
    silence = bytes(2 * int(PAUSE * rate))
    with wave.open(made, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(silence + silence.join(sound for _, sound in clips) + silence)
    return made.getvalue()


@cache
def clip(voice: str, digit: str) -> tuple[int, bytes]:
    """One digit: samples a second, and the samples."""
    file = resources.files("webapp.devices") / "digits" / f"{voice}_{digit}.wav"
    with file.open("rb") as opened, wave.open(opened, "rb") as sound:
        return sound.getframerate(), sound.readframes(sound.getnframes())
