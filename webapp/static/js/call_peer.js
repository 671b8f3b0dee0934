// The connection of two pages: perfect negotiation (the customer's page gives way), one connection for each pair of page loads.
const [PATIENCE, SHAKY, TALLEST, BITRATE] = [10_000, 4000, 480, 900_000]; // ms until it is told, ms before a new try, lines and bits/s that are sent

// `on`: stream(stream), state(connected | connecting | lost | unreachable), stuck() on the side that does not give way.
export const connect = ({ polite, stream, servers, say, on }) => {
  const pc = new RTCPeerConnection({ iceServers: servers });
  let [making, ignoring, heard] = [false, false, Promise.resolve()];
  let [deadline, retry] = [0, 0];
  stream.getTracks().forEach((track) => pc.addTrack(track, stream));

  // Where nothing gets through the browser never says so: the page counts by itself.
  const count = () => {
    clearTimeout(deadline);
    deadline = setTimeout(() => {
      on.state("unreachable");
      if (polite) again();
      else on.stuck();
    }, PATIENCE);
  };
  const again = () => {
    count();
    pc.restartIce();
  };

  pc.addEventListener("negotiationneeded", async () => {
    try {
      making = true;
      await pc.setLocalDescription();
      say("description", { description: pc.localDescription });
    } catch (problem) {
      console.info("no offer", problem.name);
    } finally {
      making = false;
    }
  });
  pc.addEventListener("icecandidate", ({ candidate }) => { if (candidate) say("candidate", { candidate }); });
  pc.addEventListener("track", ({ streams: [given] }) => on.stream(given));
  pc.addEventListener("connectionstatechange", () => {
    clearTimeout(retry);
    if (pc.connectionState === "connected") {
      clearTimeout(deadline);
      modest(pc);
      on.state("connected");
    } else if (pc.connectionState === "disconnected") {
      on.state("lost");
      retry = setTimeout(again, SHAKY);
    } else if (pc.connectionState === "failed") {
      on.state("lost");
      again();
    }
  });

  const negotiate = async ({ kind, description, candidate }) => {
    if (kind === "candidate") {
      await pc.addIceCandidate(candidate).catch((problem) => { if (!ignoring) throw problem; });
      return;
    }
    const clash = description.type === "offer" && (making || pc.signalingState !== "stable");
    ignoring = !polite && clash;
    if (ignoring) return;
    await pc.setRemoteDescription(description);
    if (description.type !== "offer") return;
    await pc.setLocalDescription();
    say("description", { description: pc.localDescription });
  };

  count();
  on.state("connecting");
  return {
    pc,
    hear: (message) => { heard = heard.then(() => negotiate(message)).catch((problem) => console.info("not understood", problem.name)); },
    replace: (track) => pc.getSenders().find((one) => one.track?.kind === track.kind)?.replaceTrack(track).then(() => modest(pc)),
    close: () => {
      clearTimeout(deadline);
      clearTimeout(retry);
      pc.close();
    },
  };
};

// The camera may give more than a talk needs: stills are taken from the whole picture, less of it travels.
export const modest = (pc) => {
  const sender = pc.getSenders().find((one) => one.track?.kind === "video");
  if (!sender) return;
  const wishes = sender.getParameters();
  const { width = 640, height = TALLEST } = sender.track.getSettings();
  (wishes.encodings ?? []).forEach((one) => {
    one.maxBitrate = BITRATE;
    one.scaleResolutionDownBy = Math.max(1, Math.min(width, height) / TALLEST);
  });
  sender.setParameters(wishes).catch((problem) => console.info("no modesty", problem.name));
};
