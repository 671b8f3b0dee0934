// The customer's page of a call: his consent to the recording, his camera, the verifier's picture, and always a word on what happens now.
import { media } from "./call_media.js";
import { room } from "./call_room.js";
import { stills } from "./call_stills.js";

const root = document.getElementById("call");
const { address, token, after, label, next } = root.dataset;
const find = (selector) => root.querySelector(selector);
const words = Object.fromEntries([...root.querySelectorAll("[data-words] > li")].map((one) => [one.dataset.name, one.textContent]));
let [lock, connected] = [null, false];

// `state` decides what is shown (call.css), `name` which words are said.
const show = (state, name = state) => {
  root.dataset.state = state;
  if (words[name] !== undefined && find("[data-said]").textContent !== words[name]) find("[data-said]").textContent = words[name];
  const title = words[`${state}-title`] ?? words.title;
  if (find("h1").textContent !== title) find("h1").textContent = title;
};

const other = find("[data-other]");
const play = async () => {
  find("[data-sound]").hidden = true;
  try {
    await other.play();
  } catch (problem) {
    find("[data-sound]").hidden = problem.name !== "NotAllowedError"; // the browser wants a press before it lets anything sound
  }
};

const line = (name) => {
  if (!own.own) return; // the question of the recording stays, whatever the verifier's page does meanwhile
  connected = name === "connected" || (connected && name !== "none");
  if (name === "connected") show("talking");
  else if (name === "lost") show("again");
  else if (name === "unreachable") show("unreachable");
  else show(connected ? "again" : "waiting");
};

const call = room({
  address, token, after, polite: true,
  on: {
    other: (hello) => { if (own.own && !hello) show(connected ? "again" : "waiting"); },
    stream: (stream) => {
      if (other.srcObject === stream) return; // picture and sound come one after the other in the same stream
      other.srcObject = stream;
      play();
    },
    line,
    quality: (name) => { find("[data-quality]").textContent = words[`quality-${name}`] ?? ""; },
    message: (message) => { if (message.kind === "still" && own.own) take(message); },
    replaced: () => { end("replaced"); },
    silent: (yes) => { find("[data-silent]").hidden = !yes; },
    over: () => leave(),
    lost: () => leave(),
  },
});
const take = stills({ root, address, token, say: call.say });

const own = media({
  root, large: true, label,
  on: {
    opened: (given) => {
      find("[data-simulated]").hidden = !given.simulated;
      if (given.simulated) consent(true).catch((problem) => console.info("not told", problem.name)); // the record says so too
      show("waiting");
      call.bring(given);
      wake();
    },
    problem: (name) => {
      show("problem", `problem-${name}`);
      call.take();
      call.tell(`problem-${name}`);
    },
    changed: (track) => call.change(track),
  },
});

const end = (state) => {
  own.end();
  call.leave();
  lock?.release();
  show(state);
};

const leave = () => {
  own.end();
  call.leave();
  location.assign(next);
};

const wake = async () => {
  try {
    lock = await navigator.wakeLock?.request("screen");
  } catch (problem) {
    console.info("the screen may go dark", problem.name);
  }
};
document.addEventListener("visibilitychange", () => { if (!document.hidden && own.own) wake(); });

const consent = (simulated) => fetch(`${address}/consent`, { method: "POST", body: new URLSearchParams({ csrf_token: token, simulated: simulated ? "yes" : "no" }) });

const agree = async () => {
  find("[data-agree]").disabled = true;
  show("opening");
  try {
    const answer = await consent(false);
    if (answer.status === 410 || answer.redirected) return leave();
    if (!answer.ok) throw new Error("not stored");
  } catch {
    find("[data-agree]").disabled = false;
    return show("ask", "unstored");
  }
  return own.start();
};

find("[data-agree]").addEventListener("click", agree);
find("[data-decline]").addEventListener("click", () => { show("declined"); call.tell("declined"); });
find("[data-reconsider]").addEventListener("click", () => { show("ask"); call.tell("asked"); });
find("[data-sound] button").addEventListener("click", play);
if ("consented" in root.dataset) {
  show("opening");
  own.start();
} else {
  show("ask");
  call.tell("asked");
}
