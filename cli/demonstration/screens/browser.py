"""Chromium, quiet: no account, no updates, no talk with anybody but us."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ("--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update")
PHONE, DESKTOP = 375, 1280
PATIENCE = 60_000.0
"""Milliseconds that anything may take on a machine that is busy with something else."""
HEIGHTS = {PHONE: 812, DESKTOP: 900}


def chromium() -> str | None:
    """Where Chromium is on this machine."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """One browser; its contexts are as separate as people are. RuntimeError when the machine has none."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, another(playwright.chromium) as opened:
        yield opened


@contextmanager
def another(kind: BrowserType, *flags: str) -> Iterator[Browser]:
    """One more browser, told what the first one was not."""
    path = chromium()
    if path is None:
        raise RuntimeError(f"no Chromium on this machine (looked for {', '.join(NAMES)}); Debian: apt install chromium")
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    opened = kind.launch(executable_path=path, args=[*QUIET, "--disable-sync", *sandbox, *flags])
    try:
        yield opened
    finally:
        opened.close()


def window(opened: Browser, width: int = DESKTOP, *, scripts: bool = True, language: str = "zh-CN") -> BrowserContext:
    """A person's own browser window: own cookies, own certificate store."""
    size = {"width": width, "height": HEIGHTS[width]}
    context = opened.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        locale=language,
        timezone_id="Asia/Shanghai",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    return context


def at_width(page: Page, width: int) -> None:
    """The page as it stands at this width, from its top, with pictures that would only load when scrolled to."""
    page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
    page.evaluate(LOAD_PICTURES)


LOAD_PICTURES = """async () => {
  scrollTo(0, 0);
  document.querySelectorAll("img[loading=lazy]").forEach((one) => { one.loading = "eager"; });
  await Promise.all([...document.images].map((one) => one.decode().catch(() => null)));
}"""
