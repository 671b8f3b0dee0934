// How well the other side comes through: good | fair | poor | frozen, from what the connection counts.
const [EVERY, FROZEN, LOSS_FAIR, LOSS_POOR, SLOW_FAIR, SLOW_POOR] = [2000, 2, 0.03, 0.1, 0.4, 1];

const reading = async (pc) => {
  const seen = { frames: 0, packets: 0, lost: 0, bytes: 0, delay: 0 };
  (await pc.getStats()).forEach((one) => {
    if (one.type === "inbound-rtp") {
      seen.packets += one.packetsReceived ?? 0;
      seen.lost += one.packetsLost ?? 0;
      seen.bytes += one.bytesReceived ?? 0;
      seen.frames += one.framesDecoded ?? 0;
    } else if (one.type === "candidate-pair" && one.nominated) seen.delay = one.currentRoundTripTime ?? 0;
  });
  return seen;
};

export const judge = (now, last, still) => {
  const [packets, lost] = [now.packets - last.packets, Math.max(0, now.lost - last.lost)];
  const share = lost / Math.max(1, packets + lost);
  if (still >= FROZEN) return "frozen";
  if (share > LOSS_POOR || now.delay > SLOW_POOR) return "poor";
  return share > LOSS_FAIR || now.delay > SLOW_FAIR ? "fair" : "good";
};

// Tells `said(name, {kilobits, loss})` every two seconds until the returned function is called.
export const watch = (pc, said) => {
  let last = null;
  let still = 0;
  const look = setInterval(async () => {
    if (pc.connectionState !== "connected") return;
    const now = await reading(pc);
    if (last) {
      still = now.frames === last.frames ? still + 1 : 0;
      const lost = Math.max(0, now.lost - last.lost);
      const loss = lost / Math.max(1, now.packets - last.packets + lost);
      said(judge(now, last, still), { kilobits: Math.round(((now.bytes - last.bytes) * 8) / EVERY), loss: Math.round(loss * 100) });
    }
    last = now;
  }, EVERY);
  return () => clearInterval(look);
};
