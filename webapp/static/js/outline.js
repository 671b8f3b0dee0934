// The corner editor: four handles over the upright original, by touch, mouse and keyboard. Numbers are pixels of that picture.
import { convex, fitting, named } from "./corners.js";

const dialog = document.getElementById("outline");
const find = (selector) => dialog.querySelector(selector);
const [stage, image, polygon, glass] = [".outline-stage", "img", "polygon", ".outline-glass"].map(find);
const handles = [...dialog.querySelectorAll(".outline-corner")];
const names = handles.map((one) => one.getAttribute("aria-label"));
const STEP = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const [GLASS, ZOOM] = [132, 3];
let asked = null;   // the button that opened this
let first = [];     // the outline as it was
let corners = [];   // as it is now, in the order of the crop
let dragged = null; // the handle in hand, with where in it the finger lies

const size = () => [image.naturalWidth, image.naturalHeight];

const draw = () => {
  const [width, height] = size();
  find("svg").setAttribute("viewBox", `0 0 ${width} ${height}`);
  polygon.setAttribute("points", corners.map((one) => one.join(",")).join(" "));
  handles.forEach((handle, at) => {
    handle.style.left = `${(corners[at][0] / width) * 100}%`;
    handle.style.top = `${(corners[at][1] / height) * 100}%`;
  });
  find("[data-crossed]").hidden = convex(corners);
  stage.classList.toggle("is-crossed", !convex(corners));
};

// What lies under the handle, three times as large, in the far corner of the stage where no finger covers it.
const magnify = (at) => {
  const [x, y] = corners[at];
  const [width, height] = size();
  const part = GLASS / ZOOM / (stage.clientWidth / width);
  const pen = glass.getContext("2d");
  pen.clearRect(0, 0, GLASS, GLASS);
  pen.drawImage(image, x - part / 2, y - part / 2, part, part, 0, 0, GLASS, GLASS);
  pen.lineWidth = 2;
  const spot = (point) => point.map((value, axis) => ((value - [x, y][axis]) / part + 0.5) * GLASS);
  for (const [colour, dash] of [["#fff", []], ["#0b5c7a", [5, 5]]]) {
    pen.strokeStyle = colour;
    pen.setLineDash(dash);
    pen.beginPath();
    pen.moveTo(...spot(corners[(at + 3) % 4]));
    pen.lineTo(GLASS / 2, GLASS / 2);
    pen.lineTo(...spot(corners[(at + 1) % 4]));
    pen.stroke();
  }
  glass.classList.toggle("is-right", x < width / 2);
  glass.classList.toggle("is-low", y < height / 2);
  glass.hidden = false;
};

const move = (at, to, said) => {
  const [width, height] = size();
  const within = (value, most) => Math.round(Math.min(Math.max(value, 0), most) * 10) / 10;
  corners[at] = [within(to[0], width), within(to[1], height)];
  draw();
  magnify(at);
  if (said) say(at);
};

const say = (at) => {
  const where = find("[data-where]");
  const [x, y] = corners[at].map(Math.round);
  where.textContent = where.dataset.at.replace("%n", handles[at].getAttribute("aria-label")).replace("%x", x).replace("%y", y);
};

// Where a finger is, in pixels of the picture.
const under = (event) => {
  const box = image.getBoundingClientRect();
  const [width, height] = size();
  return [((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height];
};

handles.forEach((handle, at) => {
  handle.addEventListener("pointerdown", (event) => {
    const [x, y] = under(event);
    dragged = { at, off: [corners[at][0] - x, corners[at][1] - y] };
    handle.setPointerCapture(event.pointerId);
    handle.focus();
    event.preventDefault(); // neither a selection nor a scroll begins here
  });
  handle.addEventListener("pointermove", (event) => {
    if (dragged?.at !== at) return;
    const [x, y] = under(event);
    move(at, [x + dragged.off[0], y + dragged.off[1]], false);
  });
  const drop = () => { if (dragged) say(dragged.at); dragged = null; };
  ["pointerup", "pointercancel"].forEach((name) => handle.addEventListener(name, drop));
  handle.addEventListener("focus", () => magnify(at));
  handle.addEventListener("blur", () => { glass.hidden = true; });
  handle.addEventListener("keydown", (event) => {
    const step = STEP[event.key];
    if (!step) return;
    event.preventDefault();
    const by = event.shiftKey ? 10 : 1;
    move(at, [corners[at][0] + step[0] * by, corners[at][1] + step[1] * by], true);
  });
});

const start = () => {
  corners = first.map((one) => [...one]);
  find("[data-where]").textContent = "";
  // A corner is called by where it lies in this picture, also when the picture is of a card that lies upside down.
  named(corners).forEach((name, at) => handles[at].setAttribute("aria-label", names[name]));
  draw();
};

const show = () => {
  first = fitting(JSON.parse(asked.dataset.corners), ...size());
  stage.hidden = false;
  start();
  handles[0].focus();
};

const open = (button) => {
  asked = button;
  find("[data-label]").textContent = button.dataset.label;
  ["[data-missing]", "[data-unsent]"].forEach((one) => { find(one).hidden = true; });
  stage.hidden = true;
  dialog.showModal();
  image.src = button.dataset.picture;
  const source = image.src;
  const now = () => asked === button && image.src === source && dialog.open; // another may have been opened meanwhile
  image.decode().then(() => { if (now()) show(); }, () => { if (now()) find("[data-missing]").hidden = false; });
};

const cut = () => {
  if (stage.hidden || !convex(corners)) return;
  const slot = document.getElementById(asked.dataset.slot);
  find("[data-unsent]").hidden = true;
  dialog.close();
  const values = { csrf_token: document.querySelector("form.step-form [name=csrf_token]").value, corners: JSON.stringify(corners) };
  slot.classList.add("htmx-request");
  const unsent = () => {
    find("[data-unsent]").hidden = false;
    dialog.showModal();
  };
  htmx.ajax("POST", asked.dataset.outline, { source: dialog, target: slot, swap: "outerHTML", values })
    .catch(unsent).finally(() => slot.classList.remove("htmx-request"));
};

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-outline]");
  if (button) open(button);
});
find("[data-cut]").addEventListener("click", cut);
find("[data-reset]").addEventListener("click", start);
find("[data-close]").addEventListener("click", () => dialog.close());
dialog.addEventListener("close", () => { glass.hidden = true; document.getElementById(asked.id)?.focus(); });
