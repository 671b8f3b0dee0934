// The photographs of a desk side by side: zoom, turn and move, both panes together or each alone. For the eye only: nothing is stored.
const MOST = 4;
const STEP = 1.25;
const WHOLE = { zoom: 1, x: 0, y: 0, turn: 0 };
const within = (value, most) => Math.max(-most, Math.min(most, value));

// One picture in its frame. `x` and `y`: which point of the turned picture lies in the middle of the frame, in parts of its sides, 0 the centre.
class Pane {
  constructor(figure) {
    this.frame = figure.querySelector(".viewer-frame");
    this.picture = figure.querySelector("img");
    this.name = figure.dataset.name;
    this.kind = figure.dataset.kind;
    this.view = { ...WHOLE };
    this.picture.addEventListener("load", () => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.frame);
  }

  // How large the picture lies in the frame at 100 %, and how much that is against the picture that is not turned.
  lying() {
    const { naturalWidth: wide, naturalHeight: high } = this.picture;
    const { clientWidth: across, clientHeight: down } = this.frame;
    const fit = (w, h) => Math.min(across / w, down / h);
    if (!wide || !across) return { width: 1, height: 1, growth: 1 };
    const [w, h] = this.view.turn % 2 ? [high, wide] : [wide, high];
    return { width: w * fit(w, h), height: h * fit(w, h), growth: fit(w, h) / fit(wide, high) };
  }

  draw() {
    const { view, frame } = this;
    const { width, height, growth } = this.lying();
    view.x = within(view.x, Math.max(0, 0.5 - frame.clientWidth / (2 * width * view.zoom)));
    view.y = within(view.y, Math.max(0, 0.5 - frame.clientHeight / (2 * height * view.zoom)));
    const [left, up] = [-view.x * width * view.zoom, -view.y * height * view.zoom];
    this.picture.style.transform = `translate(${left}px, ${up}px) rotate(${view.turn * 90}deg) scale(${view.zoom * growth})`;
    frame.classList.toggle("is-closer", view.zoom > 1);
  }

  // Larger or smaller by a factor; what lies at the point, in px from the middle of the frame, stays there.
  scale(factor, at = { x: 0, y: 0 }) {
    const { view } = this;
    const { width, height } = this.lying();
    const zoom = Math.max(1, Math.min(MOST, view.zoom * factor));
    const shift = 1 / view.zoom - 1 / zoom;
    Object.assign(view, { x: view.x + (at.x / width) * shift, y: view.y + (at.y / height) * shift, zoom });
    this.draw();
  }

  // By so many px of the screen.
  move(right, down) {
    const { width, height } = this.lying();
    this.view.x -= right / (width * this.view.zoom);
    this.view.y -= down / (height * this.view.zoom);
    this.draw();
  }

  // By quarters of a circle, to the right; the point in the middle of the frame stays there.
  turn(quarters) {
    const { view } = this;
    for (let done = 0; done < quarters; done += 1) Object.assign(view, { turn: (view.turn + 1) % 4, x: -view.y, y: view.x });
    this.draw();
  }

  back() {
    this.view = { ...WHOLE };
    this.draw();
  }

  get told() {
    return `${Math.round(this.view.zoom * 100)} %${this.view.turn ? ` · ${this.view.turn * 90}°` : ""}`;
  }
}

const ACTS = {
  larger: (pane) => pane.scale(STEP),
  smaller: (pane) => pane.scale(1 / STEP),
  left: (pane) => pane.turn(3),
  right: (pane) => pane.turn(1),
  back: (pane) => pane.back(),
};
const KEYS = { "+": "larger", "=": "larger", "-": "smaller", l: "left", r: "right", 0: "back" };
const ARROWS = { ArrowLeft: [40, 0], ArrowRight: [-40, 0], ArrowUp: [0, 40], ArrowDown: [0, -40] };

// The panes of one photograph. What is done to one is done to the others as long as they go together.
class Viewer {
  constructor(root) {
    this.root = root;
    this.panes = [...root.querySelectorAll(".viewer-pane")].map((figure) => new Pane(figure));
    this.last = this.panes[0];
    this.together = root.querySelector("[data-together]");
    this.state = root.querySelector("[data-state]");
    this.panes.forEach((pane) => this.listen(pane));
    root.querySelectorAll("[data-do]").forEach((button) => button.addEventListener("click", () => this.all(ACTS[button.dataset.do])));
    root.querySelectorAll("[data-pane]").forEach((button) => button.addEventListener("click", () => this.show(button.dataset.pane)));
    this.show(root.dataset.shown);
    this.tell();
  }

  all(act) {
    (this.together?.checked ? this.panes : [this.last]).forEach(act);
    this.tell();
  }

  // Below 900 px one pane is there at a time.
  show(kind) {
    this.root.dataset.shown = kind;
    this.root.querySelectorAll("[data-pane]").forEach((button) => button.setAttribute("aria-pressed", button.dataset.pane === kind));
    this.last = this.panes.find((pane) => pane.kind === kind) ?? this.panes[0];
  }

  tell() {
    const said = this.panes.map((pane) => pane.told);
    const alike = said.every((one) => one === said[0]);
    this.state.textContent = alike ? said[0] : this.panes.map((pane) => `${pane.name} ${pane.told}`).join(" · ");
  }

  listen(pane) {
    const { frame } = pane;
    Object.entries({ tabindex: "0", role: "group", "aria-label": frame.dataset.label }).forEach(([name, value]) => frame.setAttribute(name, value));
    frame.addEventListener("focus", () => { this.last = pane; });
    frame.addEventListener("pointerdown", (event) => this.take(pane, event));
    frame.addEventListener("pointermove", (event) => this.drag(pane, event));
    ["pointerup", "pointercancel"].forEach((name) => frame.addEventListener(name, () => frame.classList.remove("is-held")));
    frame.addEventListener("keydown", (event) => this.press(pane, event));
    frame.addEventListener("wheel", (event) => this.wheel(pane, event), { passive: false });
  }

  take(pane, event) {
    this.last = pane;
    if (event.button !== 0 || pane.view.zoom === 1) return;
    pane.frame.setPointerCapture(event.pointerId);
    pane.frame.classList.add("is-held");
    this.held = { x: event.clientX, y: event.clientY };
  }

  drag(pane, event) {
    if (!pane.frame.classList.contains("is-held")) return;
    const { clientX: x, clientY: y } = event;
    this.all((one) => one.move(x - this.held.x, y - this.held.y));
    this.held = { x, y };
  }

  press(pane, event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [act, arrow] = [ACTS[KEYS[event.key.toLowerCase()]], ARROWS[event.key]];
    if (!act && !(arrow && pane.view.zoom > 1)) return; // a picture that is whole leaves the arrows to the page
    event.preventDefault();
    this.all(act ?? ((one) => one.move(...arrow)));
  }

  // The wheel belongs to the page until a frame has the focus, or Ctrl is held, as two fingers on a pad say it.
  wheel(pane, event) {
    if (!event.ctrlKey && document.activeElement !== pane.frame) return;
    event.preventDefault();
    this.last = pane;
    const box = pane.frame.getBoundingClientRect();
    const at = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
    this.all((one) => one.scale(Math.exp(-Math.sign(event.deltaY) * 0.15), at));
  }
}

document.querySelectorAll("[data-viewer]").forEach((root) => new Viewer(root));
