"""What goes through the newest connection of a page of a call, as its browser counts it."""

from __future__ import annotations

from playwright.sync_api import Page

KEPT = """
const Real = RTCPeerConnection;
window.connections = [];
window.RTCPeerConnection = class extends Real {
  constructor(wish) {
    super({ ...wish, ...window.wished });
    window.connections.push(this);
    window.began ??= performance.now();
  }
};
"""
"""Each connection of a page stays within reach, made with what `wished` asks for besides."""
RELAY_ONLY = 'window.wished = { iceTransportPolicy: "relay" };' + KEPT
"""As where a firewall lets nothing else through."""
SEEN = """async () => {
  const found = [...(await window.connections.at(-1).getStats()).values()];
  const pair = found.find((one) => one.type === "candidate-pair" && one.nominated && one.state === "succeeded");
  const heard = found.find((one) => one.type === "inbound-rtp" && one.kind === "audio");
  const way = found.find((one) => one.id === pair?.localCandidateId)?.candidateType ?? "";
  return { way, loudness: heard?.audioLevel ?? 0 };
}"""


def way(page: Page) -> str:
    """host | srflx | prflx | relay: where this side's packets leave."""
    return str(page.evaluate(SEEN)["way"])


def loudness(page: Page) -> float:
    """Of the other side, as it is heard here: 0 to 1."""
    return float(page.evaluate(SEEN)["loudness"])


def made(page: Page) -> int:
    """How many connections this load of the page has made."""
    return int(page.evaluate("window.connections.length"))
