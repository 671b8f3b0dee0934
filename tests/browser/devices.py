"""Browsers whose camera and microphone are what a test wants: good, covered, frozen, silent, none."""

from __future__ import annotations

import math
import wave
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserType, Page

from cli.demonstration.screens.browser import NAMES, another, window
from tests.browser.camera_film import camera_film

FAKE, ALLOWED = "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"
SOUND = "--autoplay-policy=no-user-gesture-required"
RATE = 48_000


@contextmanager
def with_devices(
    kind: BrowserType, picture: Path | None = None, sound: Path | None = None, *more: str
) -> Iterator[Browser]:
    """A browser with a camera and a microphone that it may use; what they show and say comes from files."""
    flags = [FAKE, ALLOWED, SOUND, *more]
    if picture:
        flags.append(f"--use-file-for-fake-video-capture={picture}")
    if sound:
        flags.append(f"--use-file-for-fake-audio-capture={sound}")
    with another(kind, *flags, names=NAMES) as opened:
        yield opened


@contextmanager
def a_page(opened: Browser) -> Iterator[Page]:
    context = window(opened)
    try:
        yield context.new_page()
    finally:
        context.close()


def moving(path: Path) -> Path:
    """A bar that goes through a grey picture."""
    return _film(path, [(at * 32, 200) for at in range(12)], (90, 120, 150))


def frozen(path: Path) -> Path:
    """One and the same picture for ever."""
    return _film(path, [(100, 200)], (90, 120, 150))


def covered(path: Path) -> Path:
    """A camera behind its shutter."""
    return _film(path, [(0, 0)], (0, 0, 0))


def tone(path: Path, loudness: float = 0.2) -> Path:
    """Two seconds of 440 Hz; silence at loudness 0."""
    samples = (int(32767 * loudness * math.sin(2 * math.pi * 440 * at / RATE)) for at in range(2 * RATE))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(array("h", samples).tobytes())
    return path


def _film(path: Path, bars: list[tuple[int, int]], ground: tuple[int, int, int]) -> Path:
    return camera_film(path, (_scene(left, width, ground) for left, width in bars))


def _scene(left: int, width: int, ground: tuple[int, int, int]) -> Image.Image:
    scene = Image.new("RGB", (640, 480), ground)
    if width:
        ImageDraw.Draw(scene).rectangle((left, 120, left + width, 360), fill=(220, 60, 40))
    return scene
