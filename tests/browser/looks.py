"""What axe need not be asked twice: contrast of a text that has looked so before, and all that no width changes.

To weigh each text against what lies behind it is nearly half of what axe does, and most pages repeat most of their
looks: header, footer, buttons, notices. What is shown at both widths alike has the same names, roles and order too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
EVERYTHING = {"type": "tag", "values": TAGS}
OF_LAYOUT = {"type": "rule", "values": ["target-size", "scrollable-region-focusable", "color-contrast"]}
ONLY_FRESH = """
axe.configure({ rules: [{ id: "color-contrast", selector: "[data-fresh-look]" }] });"""
RUN = """async ([rules, fresh]) => {
  for (const place of fresh) window.lookedAt[place].dataset.freshLook = "";
  try {
    return (await axe.run(document, { runOnly: rules, resultTypes: ["violations"] })).violations;
  } finally {
    for (const place of fresh) delete window.lookedAt[place].dataset.freshLook;
  }
}"""
"""One run for all rules: what lies above what on a page is half of a run, and is found out once in each."""
LOOKS = """() => {
  const hash = (text) => {  // cyrb53
    let [a, b] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 2654435761);
      b = Math.imul(b ^ code, 1597334677);
    }
    return `${(a ^ (b >>> 15)) >>> 0}.${(b ^ (a >>> 13)) >>> 0}`;
  };
  const known = new Map([[null, ""]]);
  const look = (one) => {
    if (known.has(one)) return known.get(one);
    const [css, room] = [getComputedStyle(one), one.getBoundingClientRect()];
    const off = one.matches(":disabled, [aria-disabled=true]") || one.control?.disabled;
    const own = [one.tagName, one.getAttribute("class"), off, css.color, css.backgroundColor, css.backgroundImage,
      css.opacity, css.filter, css.textShadow, css.fontSize, css.fontWeight, css.position, css.clip, css.clipPath,
      room.width < 2 || room.height < 2];
    known.set(one, hash(look(one.parentElement) + own.join("|")));
    return known.get(one);
  };
  const all = [...document.body.querySelectorAll("*")];
  const shown = all.filter((one) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true }));
  const says = (one) => one.matches("input, select, textarea")
    || [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  window.lookedAt = shown.filter(says);
  const seen = new Set(shown);
  return [window.lookedAt.map(look), hash(all.map((one) => (seen.has(one) ? 1 : 0)).join(""))];
}"""
"""The look of each text that is shown, and which elements are."""


@dataclass
class Looks:
    """What one inspection knows of the looks of texts, page after page."""

    known: set[str] = field(default_factory=set)
    shown: str = ""

    def begin(self, page: Page, axe: str) -> None:
        """A page at its first width."""
        self.shown = ""
        page.evaluate(axe + ONLY_FRESH)

    def violations(self, page: Page) -> list[Any]:
        """What axe finds at this width that it can't have found before."""
        looks, shown = page.evaluate(LOOKS)
        fresh = {look: place for place, look in enumerate(looks) if look not in self.known}
        self.known |= fresh.keys()
        rules = OF_LAYOUT if shown == self.shown else EVERYTHING
        self.shown = shown
        found: list[Any] = page.evaluate(RUN, [rules, list(fresh.values())])
        return found
