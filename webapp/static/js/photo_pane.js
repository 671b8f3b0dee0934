// One photograph in its frame: how large, how turned, and which part of it is seen.
const MOST = 4;
const WHOLE = { zoom: 1, x: 0, y: 0, turn: 0 };
const FILLED = 0.6; // how much of the frame a place takes that is pointed at
const within = (value, most) => Math.max(-most, Math.min(most, value));

const outlined = (place, wide, high) => {
  const drawn = (name, said) => {
    const one = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(said).forEach(([key, value]) => one.setAttribute(key, value));
    return one;
  };
  const mark = drawn("svg", { viewBox: `0 0 ${wide} ${high}`, class: "viewer-mark", "aria-hidden": "true" });
  mark.append(drawn("polygon", { points: place }));
  return mark;
};

// One picture in its frame. `x` and `y`: which point of the turned picture lies in the middle of the frame, in parts of its sides, 0 the centre.
export class Pane {
  constructor(figure) {
    this.frame = figure.querySelector(".viewer-frame");
    this.picture = figure.querySelector("img");
    this.name = figure.dataset.name;
    this.kind = figure.dataset.kind;
    this.view = { ...WHOLE };
    this.picture.addEventListener("load", () => this.draw());
    this.mark = null;
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
    const lies = `translate(${left}px, ${up}px) rotate(${view.turn * 90}deg) scale(${view.zoom * growth})`;
    [this.picture, this.mark].forEach((one) => { if (one) one.style.transform = lies; });
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
    this.unmark();
    this.draw();
  }

  // Goes to a place of the picture, corners in its own px, and draws a line around it.
  point(place) {
    const corners = place.split(" ").map((corner) => corner.split(",").map(Number));
    const { naturalWidth: wide, naturalHeight: high } = this.picture;
    const [x, y] = [0, 1].map((axis) => corners.map((corner) => corner[axis]));
    const part = Math.max((Math.max(...x) - Math.min(...x)) / wide, (Math.max(...y) - Math.min(...y)) / high);
    const centre = ([size, values]) => (Math.max(...values) + Math.min(...values)) / 2 / size - 0.5;
    this.view = { zoom: Math.max(1, Math.min(MOST, FILLED / part)), x: centre([wide, x]), y: centre([high, y]), turn: 0 };
    this.unmark();
    this.mark = outlined(place, wide, high);
    this.frame.append(this.mark);
    this.draw();
  }

  unmark() {
    this.mark?.remove();
    this.mark = null;
  }

  get told() {
    return `${Math.round(this.view.zoom * 100)} %${this.view.turn ? ` · ${this.view.turn * 90}°` : ""}`;
  }
}
