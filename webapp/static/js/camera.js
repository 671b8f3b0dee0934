// The camera in the page: it looks, hints, and takes the picture by itself once all is well; the button is always there.
// What is taken goes the way of a chosen file. The picture that was judged is the picture that is sent, at the track's full size.
import { frameOf, hint, lumaOf, smallSize } from "./sight.js";

const dialog = document.getElementById("camera");
const find = (selector) => dialog.querySelector(selector);
const [video, live, shown] = ["video", "[data-live]", "[data-hint]"].map(find);
const words = Object.fromEntries([...dialog.querySelectorAll("[data-hints] > li")].map((one) => [one.dataset.name, one.textContent]));
const WISHES = { audio: false, video: { facingMode: { ideal: "environment" }, width: { ideal: 3840 }, height: { ideal: 2160 } } };
const PROBLEMS = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "none", OverconstrainedError: "none", NotReadableError: "busy", AbortError: "busy" };
const [LOOK, WELL, STEADY] = [150, 1000, 450]; // milliseconds: between looks, of being well, before other words are shown
let asked = null;  // the button that opened this
let stream = null;
let asking = null; // the latest request; what an earlier one brings is stopped at once
let looking = 0;
let seen = {};     // the last small picture, since when its hint holds, and what is shown

const end = (given) => given?.getTracks().forEach((track) => track.stop());

const stop = () => {
  clearInterval(looking);
  end(stream);
  [stream, asking] = [null, null];
  video.srcObject = null;
};

const state = (name) => {
  live.hidden = name !== "live";
  find("[data-starting]").hidden = name !== "starting";
  find("[data-shoot]").hidden = name !== "live";
  find("[data-again]").hidden = name === "live" || name === "starting" || name === "insecure";
  dialog.querySelectorAll("[data-problem]").forEach((one) => { one.hidden = one.dataset.problem !== name; });
};

const fail = (name) => {
  stop();
  state(name);
};

const start = async () => {
  stop();
  const mine = asking = Symbol("asking");
  state("starting");
  if (!navigator.mediaDevices?.getUserMedia) return fail("insecure");
  try {
    const given = await navigator.mediaDevices.getUserMedia(WISHES);
    if (mine !== asking || !dialog.open) return end(given); // closed, or asked anew, while the browser was still asking
    stream = given;
    given.getVideoTracks()[0].addEventListener("ended", () => { if (stream === given) fail("broken"); });
    video.srcObject = given;
    await video.play();
    if (stream === given) watch();
  } catch (problem) {
    if (mine === asking && dialog.open) fail(PROBLEMS[problem.name] ?? "broken");
  }
};

const watch = () => {
  const { videoWidth: width, videoHeight: height } = video;
  const frame = frameOf(width, height, asked.dataset.camera);
  find("svg").setAttribute("viewBox", `0 0 ${width} ${height}`);
  const rect = find("rect");
  Object.entries({ x: frame.x, y: frame.y, width: frame.w, height: frame.h, rx: asked.dataset.camera === "id1" ? frame.w * 0.037 : 0 }).forEach(([name, value]) => rect.setAttribute(name, value));
  seen = {};
  say("");
  state("live");
  find("[data-shoot]").focus();
  clearInterval(looking);
  looking = setInterval(look, LOOK);
};

const draw = (width, height) => {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext("2d", { willReadFrequently: width < video.videoWidth });
  pen.drawImage(video, 0, 0, width, height);
  return { canvas, pen };
};

const look = () => {
  const [width, height] = smallSize(video.videoWidth, video.videoHeight);
  const picture = lumaOf(draw(width, height).pen.getImageData(0, 0, width, height));
  const name = hint(picture, seen.picture, asked.dataset.camera);
  const now = performance.now();
  seen = { picture, name, since: name === seen.name ? seen.since : now };
  if (now - seen.since >= STEADY || !shown.textContent) say(name);
  if (name === "good" && now - seen.since >= WELL) shoot();
};

const say = (name) => {
  const text = words[name] ?? "";
  if (shown.textContent !== text) shown.textContent = text;
  shown.classList.toggle("state-good", name === "good");
  live.classList.toggle("is-good", name === "good");
};

const shoot = () => {
  if (!stream) return;
  const { canvas } = draw(video.videoWidth, video.videoHeight);
  dialog.close();
  canvas.toBlob((taken) => { if (taken) give(new File([taken], "camera.jpg", { type: "image/jpeg" })); }, "image/jpeg", 0.92);
};

const input = () => document.getElementById(asked.dataset.slot).querySelector("input[type=file]");

const give = (file) => {
  const carried = new DataTransfer();
  carried.items.add(file);
  const field = input();
  field.files = carried.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-camera]");
  if (!button) return;
  asked = button;
  find("[data-label]").textContent = button.dataset.label;
  dialog.showModal();
  start();
});
find("[data-shoot]").addEventListener("click", shoot);
find("[data-again]").addEventListener("click", start);
find("[data-close]").addEventListener("click", () => dialog.close());
find("[data-file]").addEventListener("click", () => { dialog.close(); input().click(); });
dialog.addEventListener("close", () => { stop(); document.getElementById(asked.id)?.focus(); });
document.addEventListener("visibilitychange", () => { if (document.hidden && dialog.open) dialog.close(); });
window.addEventListener("pagehide", stop);
