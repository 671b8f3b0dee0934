// A still of the customer on the verifier's command: from his own camera, at its full size, with its hash; a frame shows how to hold still.
import { digest } from "./call_chunks.js";

const [COUNT, QUALITY, TRIES] = [2, 0.92, 5]; // seconds to hold still, of the JPEG, times that it is sent
const pause = (time) => new Promise((done) => { setTimeout(done, time); });

const taken = async (video) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  if (!canvas.width) throw new Error("no picture");
  canvas.getContext("2d").drawImage(video, 0, 0);
  const blob = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
  if (!blob) throw new Error("no picture");
  return blob.arrayBuffer();
};

const send = async ({ address, token, asked }, bytes) => {
  const headers = { "Content-Type": "image/jpeg", "Content-Digest": await digest(bytes), "X-CSRFToken": token };
  for (let round = 0; ; round += 1) {
    try {
      const answer = await fetch(`${address}/stills?${new URLSearchParams(asked)}`, { method: "POST", headers, body: bytes });
      if (answer.ok && !answer.redirected) return;
      if (answer.status < 500 && ![408, 422, 429].includes(answer.status)) throw Object.assign(new Error("refused"), { final: true });
    } catch (problem) {
      if (problem.final || round >= TRIES) throw problem;
    }
    if (round >= TRIES) throw new Error("unsent");
    await pause(200 * 2 ** round);
  }
};

// `root` holds [data-own], the frame [data-frame] and its words [data-frame-words] with one hidden text a kind.
export const stills = ({ root, address, token, say }) => {
  const find = (selector) => root.querySelector(selector);
  const frame = (kind, left) => {
    root.toggleAttribute("data-posing", Boolean(kind));
    find("[data-frame]").hidden = !kind;
    find("[data-frame]").dataset.kind = kind;
    root.querySelectorAll("[data-pose]").forEach((one) => { one.hidden = one.dataset.pose !== kind; });
    find("[data-count]").textContent = kind ? left : "";
  };

  return async ({ ask: kind, nonce, warrant }) => {
    try {
      for (let left = COUNT; left; left -= 1) {
        frame(kind, left);
        await pause(1000);
      }
      const bytes = await taken(find("[data-own]"));
      await send({ address, token, asked: { kind, nonce, warrant } }, bytes);
      say("taken", { ask: kind, nonce, good: true });
    } catch (problem) {
      console.info("no still", problem.message);
      say("taken", { ask: kind, nonce, good: false });
    } finally {
      frame("", 0);
    }
  };
};
