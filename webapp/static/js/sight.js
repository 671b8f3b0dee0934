// What a small grey picture of the camera says: where the frame lies, what hinders a good photograph. No page, no camera.
const ASPECT = { id1: 85.6 / 53.98, sheet: 1.414 };
const WIDE = 160;             // pixels of the small picture: enough for its light and its edges
const [PIECES, SLANT] = [5, 3]; // a side is looked at in pieces that may lie some pixels apart: nobody holds a card straight
const EDGE = 0.03;            // an edge is a step in brightness; the smallest that is believed
const [DARK, DIM] = [0.2, 0.45];
const [BRIGHT, WHITE, SATURATED, GLARE] = [0.97, 0.85, 0.98, 0.04];
const [NEAR, FAR] = [1.1, 0.84]; // where the sides of the paper may lie; the frame's are at 1
const MOVED = 0.012;

// The frame in a picture of this size; the paper of `kind` should fill it.
export const frameOf = (width, height, kind) => {
  const w = Math.min(width * 0.86, height * 0.8 * ASPECT[kind]);
  const h = w / ASPECT[kind];
  return { x: (width - w) / 2, y: (height - h) / 2, w, h };
};

export const smallSize = (width, height) => [WIDE, Math.max(1, Math.round((WIDE * height) / width))];

// Brightness 0 to 1 of the pixels that a canvas gives.
export const lumaOf = ({ data, width, height }) => {
  const luma = new Float32Array(width * height);
  for (let at = 0; at < luma.length; at += 1) {
    luma[at] = (0.299 * data[4 * at] + 0.587 * data[4 * at + 1] + 0.114 * data[4 * at + 2]) / 255;
  }
  return { luma, width, height };
};

// The name of the hint; `good` when nothing hinders. `before` is the picture a moment earlier.
export const hint = (picture, before, kind) => {
  const frame = frameOf(picture.width, picture.height, kind);
  const inside = within(picture, frame).sort();
  const [middle, light] = [0.5, 0.9].map((part) => inside[Math.floor(part * (inside.length - 1))]);
  if (middle < DARK && light < DIM) return "dark";
  if (middle > BRIGHT) return "bright";
  const saturated = inside.length - inside.findIndex((one) => one >= SATURATED);
  if (middle < WHITE && inside.at(-1) >= SATURATED && saturated > GLARE * inside.length) return "glare";
  return placed(sides(picture, frame)) ?? (moved(picture, before) ? "still" : "good");
};

// Where each side of the paper lies between the middle (0) and the frame (1) and beyond; null where none is seen.
export const sides = (picture, frame) => {
  const [cx, cy] = [picture.width / 2, picture.height / 2];
  const pixel = (x, y) => picture.luma[Math.floor(y) * picture.width + Math.floor(x)];
  const across = (sign) => edge((out, along) => pixel(cx + sign * out, cy + along), frame.w / 2, frame.h / 2, cx);
  const down = (sign) => edge((out, along) => pixel(cx + along, cy + sign * out), frame.h / 2, frame.w / 2, cy);
  return [across(-1), across(1), down(-1), down(1)];
};

const within = ({ luma, width }, { x, y, w, h }) => {
  const found = [];
  for (let row = Math.ceil(y); row < y + h - 1; row += 1) {
    for (let column = Math.ceil(x); column < x + w - 1; column += 1) found.push(luma[row * width + column]);
  }
  return Float32Array.from(found);
};

const placed = (found) => {
  if (found.includes(null)) return "find";
  if (found.some((one) => one > NEAR)) return "farther";
  return found.reduce((sum, one) => sum + one, 0) / 4 < FAR ? "closer" : null;
};

const moved = (picture, before) => {
  if (!before || before.luma.length !== picture.luma.length) return true;
  let sum = 0;
  for (let at = 0; at < picture.luma.length; at += 1) sum += Math.abs(picture.luma[at] - before.luma[at]);
  return sum / picture.luma.length > MOVED;
};

// The strongest line along one side, outwards from the middle: most pieces step the same way at nearly the same place.
const edge = (pixel, to, half, limit) => {
  const most = Math.min(Math.floor(to * 1.25), Math.floor(limit) - 1);
  const steps = Array.from({ length: PIECES }, (_, piece) => stepsOf(pixel, most, (2 * (piece + 0.5) / PIECES - 1) * 0.85 * half, half / PIECES));
  let best = { at: 0, is: EDGE };
  for (let at = Math.floor(to * 0.4); at <= most; at += 1) {
    for (const sign of [1, -1]) {
      const each = steps.map((one) => Math.max(...one.slice(Math.max(0, at - SLANT), at + SLANT + 1).map((step) => sign * step))).sort((a, b) => a - b);
      if (each[1] > best.is) best = { at, is: each[1] };
    }
  }
  return best.at ? best.at / to : null;
};

// The change of brightness at each distance, over a piece of the side around `along`.
const stepsOf = (pixel, most, along, reach) => {
  const profile = Array.from({ length: most + 1 }, (_, out) => {
    let sum = 0, count = 0;
    for (let at = along - reach * 0.7; at <= along + reach * 0.7; at += 1, count += 1) sum += pixel(out, at);
    return sum / count;
  });
  return profile.map((_, at) => (at < 2 || at > most - 2 ? 0 : (profile[at + 1] + profile[at + 2] - profile[at - 1] - profile[at - 2]) / 2));
};
