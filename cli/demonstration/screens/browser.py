"""Chromium, quiet: no account, no updates, no talk with anybody but us."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, ViewportSize, expect, sync_playwright

WHOLE = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NAMES = ("chromium-headless-shell", *WHOLE)
"""The shell first: a window without the browser around it costs half of the processor. It keeps no screen awake."""
QUIET = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu",  # there is none: one that is imitated costs a third more than drawing without
)
PHONE, DESKTOP = 375, 1280
PATIENCE = 150_000.0
"""Milliseconds that anything may take on a machine that is busy with something else."""
HEIGHTS = {PHONE: 812, DESKTOP: 900}


def chromium(names: Sequence[str] = NAMES) -> str | None:
    """Where Chromium is on this machine, the first of these names before the others."""
    return next((path for name in (*names, *NAMES) if (path := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """One browser; its contexts are as separate as people are. RuntimeError when the machine has none."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright, _launched(playwright.chromium, chromium()) as opened:
        yield opened


def another(kind: BrowserType, *flags: str, names: Sequence[str] = WHOLE) -> AbstractContextManager[Browser]:
    """One more browser, told what the first one was not. Whole, because the shell refuses devices in other words."""
    return _launched(kind, chromium(names), *flags)


@contextmanager
def _launched(kind: BrowserType, path: str | None, *flags: str) -> Iterator[Browser]:
    if path is None:
        raise RuntimeError(f"no Chromium on this machine (looked for {', '.join(NAMES)}); Debian: apt install chromium")
    sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
    opened = kind.launch(executable_path=path, args=[*QUIET, *sandbox, *flags])
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
    size: ViewportSize = {"width": width, "height": HEIGHTS[width]}
    if page.viewport_size != size:
        page.set_viewport_size(size)
    page.evaluate(LOAD_PICTURES)


LOAD_PICTURES = """async () => {
  scrollTo(0, 0);
  document.querySelectorAll("img[loading=lazy]").forEach((one) => { one.loading = "eager"; });
  await Promise.all([...document.images].map((one) => one.decode().catch(() => null)));
}"""
