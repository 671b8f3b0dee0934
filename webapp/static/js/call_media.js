// The own side of a call on a page: opening camera and microphone, what went wrong, muting, choosing devices.
import { cameras, choosesSimulated, offer, open, stop } from "./call_devices.js";

// `root` holds [data-problem], [data-own] (video), [data-mute], [data-dark], [data-cameras], [data-microphones]; `on`: opened(media), problem(name), changed(track).
export const media = ({ root, large, label, on }) => {
  const find = (selector) => root.querySelector(selector);
  let [own, chosen] = [null, {}];

  const told = (name) => {
    root.querySelectorAll("[data-problem]").forEach((one) => { one.hidden = one.dataset.problem !== name; });
    const again = find("[data-again]");
    if (again) again.hidden = !name || name === "insecure";
    const instead = find("[data-simulate]");
    if (instead) instead.hidden = !name;
  };

  const start = async () => {
    told("");
    try {
      const given = await open({ ...chosen, large, label });
      stop(own?.stream);
      own = given;
    } catch (problem) {
      const name = typeof problem === "string" ? problem : "broken";
      told(name);
      on.problem(name);
      return;
    }
    find("[data-own]").srcObject = own.stream;
    own.stream.getTracks().forEach((track) => track.addEventListener("ended", () => { if (own?.stream.getTracks().includes(track)) lost(); }));
    marks();
    choices();
    on.opened(own);
  };

  const lost = () => {
    stop(own.stream);
    own = null;
    told("broken");
    on.problem("broken");
  };

  const choices = async () => {
    if (!own || own.simulated) return;
    const [picture, sound] = [own.stream.getVideoTracks()[0], own.stream.getAudioTracks()[0]];
    await offer(find("[data-cameras]"), "videoinput", picture);
    await offer(find("[data-microphones]"), "audioinput", sound);
    const turn = find("[data-turn]");
    if (turn) turn.hidden = (await cameras()).length < 2;
    find("[data-devices]").hidden = false;
  };

  // Another device in the middle of a call: its track takes the place of the old one, the connection stays.
  const choose = async (which) => {
    const before = chosen;
    chosen = { ...chosen, ...which };
    const old = own;
    stop(old?.stream); // a phone opens its second camera only when the first is shut
    try {
      own = await open({ ...chosen, large, label });
    } catch (problem) {
      chosen = before;
      own = null;
      return start();
    }
    find("[data-own]").srcObject = own.stream;
    own.stream.getTracks().forEach((track) => {
      track.enabled = find(track.kind === "audio" ? "[data-mute]" : "[data-dark]")?.getAttribute("aria-pressed") !== "true";
      track.addEventListener("ended", () => { if (own?.stream.getTracks().includes(track)) lost(); });
      on.changed(track, own);
    });
    return choices();
  };

  const turn = async () => {
    const found = await cameras();
    const used = own?.stream.getVideoTracks()[0]?.getSettings().deviceId;
    const at = found.findIndex((one) => one.deviceId === used);
    if (found.length > 1) choose({ camera: found[(at + 1) % found.length].deviceId });
  };

  const toggle = (button, kind) => {
    const off = button.getAttribute("aria-pressed") !== "true";
    own?.stream.getTracks().filter((track) => track.kind === kind).forEach((track) => { track.enabled = !off; });
    button.setAttribute("aria-pressed", String(off));
    button.textContent = off ? button.dataset.on : button.dataset.off;
  };
  const marks = () => ["[data-mute]", "[data-dark]"].forEach((name) => {
    const button = find(name);
    if (button) button.hidden = false;
  });

  [["[data-mute]", "audio"], ["[data-dark]", "video"]].forEach(([name, kind]) => {
    const button = find(name);
    button?.addEventListener("click", () => toggle(button, kind));
  });
  find("[data-cameras]").addEventListener("change", (event) => choose({ camera: event.target.value }));
  find("[data-microphones]").addEventListener("change", (event) => choose({ microphone: event.target.value }));
  find("[data-turn]")?.addEventListener("click", turn);
  find("[data-again]")?.addEventListener("click", start);
  find("[data-simulate]")?.addEventListener("click", () => { choosesSimulated(); start(); });
  navigator.mediaDevices?.addEventListener?.("devicechange", choices);
  window.addEventListener("pagehide", () => { stop(own?.stream); own = null; });

  return { start, get own() { return own; }, end: () => { const had = own; own = null; stop(had?.stream); } };
};
