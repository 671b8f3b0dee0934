"""Going to another page from one that may just be going somewhere by itself: he is called, the call is over."""

from __future__ import annotations

from playwright.sync_api import Error, Page

OWN_WAY = ("ERR_ABORTED", "interrupted by another navigation")  # what a browser says of a page that went by itself
TRIES = 3


def go(page: Page, address: str = "") -> None:
    """To an address, or to the same page anew; again where the page went by itself, after it has come there."""
    for tries in range(1, TRIES + 1):
        try:
            page.goto(address) if address else page.reload()
            return
        except Error as wrong:
            if tries == TRIES or not any(words in wrong.message for words in OWN_WAY):
                raise
            page.wait_for_load_state()
