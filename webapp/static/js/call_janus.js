// The connection of a page where a media server stands between the two: what it sends goes up once, what the other sends comes down once.
import { modest } from "./call_peer.js";

const [PATIENCE, SHAKY, GATHER, TRY_AGAIN] = [12_000, 4000, 1500, 700]; // ms until it is told, before it begins anew, for addresses, between questions
const pause = (time) => new Promise((done) => { setTimeout(done, time); });

// The server is told all addresses at once: where some are slow it finds the page by those that it has.
const gathered = (pc) => new Promise((done) => {
  setTimeout(done, GATHER);
  pc.addEventListener("icegatheringstatechange", () => { if (pc.iceGatheringState === "complete") done(); });
});

// As `connect` of call_peer.js; `me` and `other` name what the two pages send, `stuck` asks for another connection.
export const connectThrough = ({ address, token, me, other, stream, servers, on }) => {
  const [up, down] = [new RTCPeerConnection({ iceServers: servers }), new RTCPeerConnection({ iceServers: servers })];
  let [closed, retry, told] = [false, 0, "connecting"];
  stream.getTracks().forEach((track) => up.addTrack(track, stream));

  const state = (name) => {
    if (closed || name === told) return;
    told = name;
    on.state(name);
  };
  const deadline = setTimeout(() => { state("unreachable"); stuck(); }, PATIENCE);
  const stuck = () => { if (!closed) on.stuck(); };

  const ask = async (wish) => {
    while (!closed) {
      const answer = await fetch(`${address}/media`, {
        method: "POST", headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify({ page: me, ...wish }),
      }).catch(() => null);
      if (answer?.status === 200) return answer.json();
      if (answer && answer.status < 500 && ![204, 429].includes(answer.status)) throw new Error(String(answer.status));
      await pause(TRY_AGAIN);
    }
    throw new Error("closed");
  };

  const look = () => {
    const both = [up.connectionState, down.connectionState];
    if (both.every((one) => one === "connected")) {
      clearTimeout(deadline);
      clearTimeout(retry);
      modest(up);
      state("connected");
    } else if (both.includes("failed")) {
      state("lost");
      stuck();
    } else if (both.includes("disconnected")) {
      state("lost");
      clearTimeout(retry);
      retry = setTimeout(stuck, SHAKY);
    }
  };
  [up, down].forEach((one) => one.addEventListener("connectionstatechange", look));
  down.addEventListener("track", ({ streams: [given] }) => { if (!closed) on.stream(given); });

  const described = async (pc) => {
    const ready = gathered(pc);
    await pc.setLocalDescription();
    await ready;
    return pc.localDescription.sdp;
  };

  const meet = async () => {
    const took = await ask({ do: "publish", sdp: await described(up) });
    await up.setRemoteDescription({ type: "answer", sdp: took.sdp });
    const offered = await ask({ do: "subscribe", other });
    await down.setRemoteDescription({ type: "offer", sdp: offered.sdp });
    await ask({ do: "start", sdp: await described(down) });
  };

  on.state("connecting");
  meet().catch((problem) => console.info("not met", problem.message));
  return {
    pc: down,
    hear: () => {},
    // The server has no seat for this page any more: the pictures have stopped, or are about to.
    gone: () => {
      if (told === "connecting") return;
      state("lost");
      stuck();
    },
    replace: (track) => up.getSenders().find((one) => one.track?.kind === track.kind)?.replaceTrack(track).then(() => modest(up)),
    close: () => {
      closed = true;
      clearTimeout(deadline);
      clearTimeout(retry);
      [up, down].forEach((one) => one.close());
    },
  };
};
