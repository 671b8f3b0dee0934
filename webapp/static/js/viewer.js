// The photographs of a desk side by side: zoom, turn and move, both panes together or each alone. For the eye only: nothing is stored.
import { Pane } from "./photo_pane.js";

const STEP = 1.25;
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

  // The picture that was read alone knows the place: the other stays as it lies.
  point(place, kind) {
    this.show(kind);
    this.last.point(place);
    this.tell();
    this.last.frame.scrollIntoView({ block: "nearest" });
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

document.querySelectorAll("[data-viewer]").forEach((root) => {
  const viewer = new Viewer(root);
  root.closest(".slot")?.querySelectorAll("[data-place]").forEach((button) => {
    if (root.parentElement === root.closest(".slot")) button.addEventListener("click", () => viewer.point(button.dataset.place, button.dataset.of));
  });
});
