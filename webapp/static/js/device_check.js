// The check before the video: measures one device after the other, sends what was measured, shows what the server says.
import { connection, listen, look, network, openDevices } from "./device_measures.js";
import { simulate } from "./simulated_camera.js";

const place = document.querySelector("[data-devices]");
const form = place?.closest("form");
const find = (selector) => place.querySelector(selector);
let measured = null;
let right = ""; // digits that were heard: they need not be typed again when only a camera is mended

const doing = (text) => { find("[data-doing-now]").textContent = text; };
const doingWith = (name) => doing(place.dataset.doing.replace("%s", name));

const tell = (text) => {
  const problem = find("[data-problem]");
  problem.textContent = text;
  problem.hidden = !text;
};

const NOTHING = { brightness: 0, deviation: 0, motion: 0 };

const seen = async (camera) => {
  if (camera.error) return { camera_error: camera.error, ...NOTHING };
  const video = find("[data-picture]");
  video.srcObject = new MediaStream(camera.stream.getVideoTracks());
  video.hidden = false;
  try {
    await video.play();
  } catch (problem) {
    return { camera_error: problem.name, ...NOTHING };
  }
  return { camera_error: "", ...await look(video) };
};

const heard = async (microphone) => {
  if (microphone.error) return { microphone_error: microphone.error, level: 0 };
  doing(place.dataset.speak);
  const meter = find("[data-level]");
  find("[data-level-line]").hidden = false;
  return { microphone_error: "", level: await listen(microphone.stream, (now) => { meter.value = now; }) };
};

const close = (devices) => {
  [devices.camera, devices.microphone].forEach((one) => one.stream?.getTracks().forEach((track) => track.stop()));
  const video = find("[data-picture]");
  video.srcObject = null;
  video.hidden = true;
  find("[data-level-line]").hidden = true;
};

const measure = async (simulated) => {
  doingWith(place.dataset.nameCamera);
  const devices = await openDevices(simulated);
  try {
    const picture = await seen(devices.camera);
    const sound = await heard(devices.microphone);
    doingWith(place.dataset.nameNetwork);
    const { servers, ...line } = await network(place.dataset.network, form.elements.csrf_token.value);
    doingWith(place.dataset.nameConnection);
    return { secure: window.isSecureContext, simulated, ...picture, ...sound, ...line, way: await connection(servers) };
  } finally {
    close(devices);
  }
};

const judge = async (typed) => {
  const report = JSON.stringify({ ...measured, typed });
  try {
    const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, report });
    const answer = await fetch(place.dataset.judge, { method: "POST", body });
    if (!answer.ok || answer.redirected) return tell((await answer.json().catch(() => ({}))).problem || place.dataset.unsaid);
    find("[data-verdicts]").innerHTML = await answer.text();
  } catch (problem) {
    console.info("not judged", problem.name);
    tell(place.dataset.unsaid);
  }
};

// Working devices and only the sound left to be proved: then the digits come next.
const hearing = () => {
  const verdict = find("[data-results]");
  const fails = verdict && !("passed" in verdict.dataset);
  find("[data-hearing]").hidden = !fails || !find("[data-item=loudspeaker][data-fault]");
  doing(fails && "onlySound" in verdict.dataset ? place.dataset.measured : "");
};

const start = async (simulated) => {
  const button = find("[data-start]");
  simulate(simulated);
  place.querySelectorAll("button").forEach((one) => { one.disabled = true; });
  tell("");
  find("[data-verdicts]").replaceChildren();
  find("[data-hearing]").hidden = true;
  try {
    measured = await measure(simulated);
    await judge(right);
  } catch (problem) {
    console.info("not measured", problem.name);
    tell(place.dataset.unmeasured);
  } finally {
    place.querySelectorAll("button").forEach((one) => { one.disabled = false; });
    button.textContent = button.dataset.again;
    hearing();
  }
  onwards(button);
};

// The focus goes where one goes on: buttons that slept have lost it.
const onwards = (otherwise) => {
  if (find("[data-passed]")) form.querySelector("[data-goes-on]")?.focus();
  else (find("[data-hearing]").hidden ? otherwise : find("[data-play]")).focus();
};

const play = async () => {
  tell("");
  try {
    const answer = await fetch(place.dataset.digits, { cache: "no-store" });
    if (!answer.ok) throw new Error(`answer ${answer.status}`);
    const sound = new Audio(URL.createObjectURL(await answer.blob()));
    sound.addEventListener("ended", () => URL.revokeObjectURL(sound.src));
    await sound.play();
    find("[data-typed]").focus();
  } catch (problem) {
    console.info("not played", problem.name);
    tell(place.dataset.unplayed);
  }
};

const compare = async () => {
  const field = find("[data-typed]");
  const typed = field.value.normalize("NFKC").replace(/\D/g, "");
  if (typed.length < Number(field.maxLength)) return tell(place.dataset.short);
  tell("");
  await judge(typed);
  field.value = "";
  if (!find("[data-item=loudspeaker][data-fault]")) right = typed;
  hearing();
  onwards(find("[data-start]"));
};

if (place) {
  find("[data-start]").addEventListener("click", () => start(false));
  find("[data-simulate]")?.addEventListener("click", () => start(true));
  find("[data-play]").addEventListener("click", play);
  find("[data-check-digits]").addEventListener("click", compare);
  find("[data-typed]").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // it would send the whole step
    compare();
  });
}
