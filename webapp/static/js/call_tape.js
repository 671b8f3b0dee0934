// When the recorder of the verifier's page runs, and what it says of itself: recording, how much is still to be sent, that it broke.
import { recorder } from "./call_recorder.js";
import { serverRecorder } from "./call_server_tape.js";

const TRY_AGAIN = 3000;

export const tape = ({ root, address, token, words, call, missing }) => {
  const find = (selector) => root.querySelector(selector);
  const voices = { customer: null, own: null };
  let [tape, starting, second] = [null, false, 0];

  const state = (name, on) => {
    const place = find("[data-recording]");
    place.classList.toggle("is-on", on);
    place.classList.toggle("state-bad", name === "unrecorded");
    const time = tape?.running ? ` ${clock(tape.seconds)}` : "";
    place.textContent = `${words[name]}${time}`;
  };
  const clock = (seconds) => `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const unsent = (left, stuck) => { find("[data-unsent]").textContent = stuck || left > 4 ? words.unsent.replace("%s", left) : ""; };

  const texts = () => {
    const simulated = !find("[data-simulated]").hidden || !find("[data-other-simulated]").hidden;
    return {
      missing: missing() ? words.missing : "",
      strip: [`${words.case} ${root.dataset.number}`, words.sides, ...(simulated ? [words.simulated] : [])].join(" · "),
    };
  };

  // A part begins on the server: it gives the number, and refuses where the customer has not agreed.
  const part = async () => {
    const answer = await fetch(`${address}/parts`, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()).part;
  };

  const start = async () => {
    if (tape || starting) return;
    starting = true;
    try {
      tape = call.engine === "janus" ? serverRecorder({ address, on: { running: grows } }) : await ownRecorder();
    } catch (problem) {
      console.info("no recording yet", problem.message);
      setTimeout(start, TRY_AGAIN);
      return;
    } finally {
      starting = false;
    }
    Object.entries(voices).forEach(([side, stream]) => tape.hear[side](stream));
    await tape.wake();
    find("[data-sound]").hidden = !tape.asleep;
    tape.start();
    if (call.engine === "janus") return;
    second = setInterval(() => { if (tape.running) state("recording", true); }, 1000);
    state("recording", true);
  };

  const ownRecorder = async () => recorder({
    address, token, part: await part(), customer: find("[data-other]"), own: find("[data-own]"), now: call.now, texts,
    on: { changed: unsent, refused: () => { broken(); }, broken },
  });

  // The server's files grow, or have stopped: they go on by themselves when the connection does.
  const grows = (yes) => { if (yes || tape.running) state(yes ? "recording" : "paused", yes); };

  const broken = () => {
    clearInterval(second);
    tape?.stop();
    state("unrecorded", false);
  };

  return {
    start,
    hears: (side, stream) => {
      voices[side] = stream;
      tape?.hear[side](stream);
    },
    wake: () => tape?.wake(),
    get running() { return Boolean(tape?.running); },
    get left() { return tape?.left ?? 0; },
    flush: () => tape?.flush(),
    stop: async () => {
      clearInterval(second);
      if (!tape) return;
      await tape.stop();
      state("recorded", false);
    },
  };
};
