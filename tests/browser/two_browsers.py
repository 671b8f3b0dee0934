"""Two browser processes, each with a camera and a microphone of its own: a coloured film and a tone."""

from __future__ import annotations

import math
import os
import signal
import struct
import wave
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserType, Page

from cli.demonstration.screens.browser import NAMES, another, window
from tests.browser.camera_film import camera_film

RATE, SECONDS, LOUD = 48_000, 4, 12_000
FRAMES = 12
AS_RECORDED = """
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = ({ video, audio }) => {
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  return ask({ video, audio: { ...(audio === true ? {} : audio), ...plain } });
};
"""
"""What a browser does for voices flattens a tone."""


@dataclass(frozen=True)
class Side:
    """Whose picture has which colour and size, and who hums at which frequency."""

    name: str
    colour: tuple[int, int, int]
    size: tuple[int, int]
    tone: int


CUSTOMER = Side("customer", (190, 40, 40), (1280, 720), 440)
VERIFIER = Side("verifier", (40, 60, 190), (640, 480), 880)


def bar_over(side: Side) -> Iterator[Image.Image]:
    """A bar that wanders over the side's colour."""
    width, height = side.size
    for place in range(FRAMES):
        scene = Image.new("RGB", side.size, side.colour)
        left = width * place // FRAMES
        ImageDraw.Draw(scene).rectangle((left, 0, left + 30, height), fill=(240, 240, 240))
        yield scene


def hum(path: Path, tone: int) -> None:
    samples = (int(LOUD * math.sin(2 * math.pi * tone * at / RATE)) for at in range(RATE * SECONDS))
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(b"".join(struct.pack("<h", one) for one in samples))


def devices(folder: Path, side: Side) -> tuple[str, ...]:
    """The flags of a browser with this side's camera and microphone, which it may use unasked."""
    picture, sound = camera_film(folder / f"{side.name}.y4m", bar_over(side)), folder / f"{side.name}.wav"
    hum(sound, side.tone)
    return (
        "--use-fake-device-for-media-stream=device-count=2",  # there is another microphone
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={picture}",
        f"--use-file-for-fake-audio-capture={sound}",
        "--disable-dev-shm-usage",
    )


@contextmanager
def both_browsers(kind: BrowserType, folder: Path, names: Sequence[str] = NAMES) -> Iterator[tuple[Browser, Browser]]:
    """The customer's and the verifier's."""
    told = (devices(folder, side) for side in (CUSTOMER, VERIFIER))
    with ExitStack() as stack:
        one, other = (stack.enter_context(another(kind, *flags, names=names)) for flags in told)
        yield one, other


@contextmanager
def page_of(browser: Browser, width: int = 1280) -> Iterator[Page]:
    """A window whose sound is not made better."""
    context = window(browser, width)
    context.add_init_script(AS_RECORDED)
    try:
        yield context.new_page()
    finally:
        context.close()


def kill_renderers(browser: Browser) -> None:
    """As when the tab crashes: nothing is said to anybody."""
    session = browser.new_browser_cdp_session()
    found = session.send("SystemInfo.getProcessInfo")["processInfo"]
    for one in found:
        if one["type"] == "renderer":
            os.kill(one["id"], signal.SIGKILL)


@dataclass
class Pair:
    """The customer's page and the verifier's, in two processes."""

    customer: Page
    verifier: Page
