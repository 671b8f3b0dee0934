// The verifier's side of a call, beside the papers and the decision.
import { leaving } from "./call_leaving.js";
import { media } from "./call_media.js";
import { notes, ticks } from "./call_minutes.js";
import { room } from "./call_room.js";
import { taking } from "./call_taking.js";
import { tape } from "./call_tape.js";

const root = document.getElementById("call");
const { address, token, after, label } = root.dataset;
const find = (selector) => root.querySelector(selector);
const words = Object.fromEntries([...root.querySelectorAll("[data-words] > li")].map((one) => [one.dataset.name, one.textContent]));
const other = find("[data-other]");
let line = "none";
let told = false; // whether the server knows that picture and sound go between the two

const show = (state, name = state) => {
  root.dataset.state = state;
  if (find("[data-said]").textContent !== words[name]) find("[data-said]").textContent = words[name] ?? "";
};

const look = () => {
  if (!own.own) return;
  const there = call.other;
  taken.allow(line === "connected");
  if (line === "connected") show("talking");
  else if (there && !there.ready && there.state) show("waiting", there.state);
  else if (line === "unreachable") show("unreachable");
  else if (recording.running) show("again");
  else show("waiting", there ? "waiting" : "alone");
};

const call = room({
  address, token, after, polite: false,
  on: {
    other: (hello) => {
      find("[data-other-simulated]").hidden = !hello?.simulated;
      look();
    },
    stream: (stream) => {
      recording.hears("customer", stream);
      if (other.srcObject === stream) return; // picture and sound come one after the other in the same stream
      other.srcObject = stream;
      other.play().catch((problem) => { if (problem.name === "NotAllowedError") find("[data-sound]").hidden = false; });
    },
    line: (name) => {
      line = name;
      look();
      if (name === "connected") begin();
    },
    quality: (name, { kilobits, loss }) => { find("[data-quality]").textContent = `${words.quality.replace("%s", words[`quality-${name}`])} · ${kilobits} kb/s · ${words.loss} ${loss}%`; },
    message: (message) => { if (message.kind === "taken") taken.came(message); },
    replaced: () => end("replaced"),
    silent: (yes) => { find("[data-silent]").hidden = !yes; },
    over: () => end("over"),
    lost: () => location.reload(),
  },
});
const taken = taking({ root, address, token, words, call });
const recording = tape({ root, address, token, words, call, missing: () => line !== "connected" });

const begin = async () => {
  if (!told) {
    const body = new URLSearchParams({ csrf_token: token, simulated: own.own?.simulated ? "yes" : "no" });
    told = await fetch(`${address}/connected`, { method: "POST", body }).then((answer) => answer.ok).catch(() => false);
  }
  recording.start();
};

const own = media({
  root, large: false, label,
  on: {
    opened: (given) => {
      find("[data-simulated]").hidden = !given.simulated;
      recording.hears("own", given.stream);
      call.bring(given);
      look();
    },
    problem: (name) => {
      show("problem", "own-problem");
      call.take();
      call.tell(`problem-${name}`);
    },
    changed: (track, given) => {
      call.change(track);
      if (track.kind === "audio") recording.hears("own", given.stream);
    },
  },
});

const end = async (state) => {
  own.end();
  call.leave();
  show(state);
  await recording.stop();
};

find("[data-sound] button").addEventListener("click", () => {
  find("[data-sound]").hidden = true;
  other.play();
  recording.wake();
});
notes({ root, address, token, words });
ticks({ address, token });
leaving({ root, words, recording, stop: () => end("over") });
own.start();
