// Four corners of a paper in a picture, in the order of the crop: geometry without a page.
const turn = (a, b, c) => (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]);

// No side crosses another and no corner points inwards.
export const convex = (corners) => {
  const turns = corners.map((one, at) => turn(one, corners[(at + 1) % 4], corners[(at + 2) % 4]));
  return turns.every((one) => one > 0) || turns.every((one) => one < 0);
};

// The outline that was found, inside the picture; a rectangle with a tenth around it where none was.
export const fitting = (found, width, height) => {
  const inside = (value, most) => Math.min(Math.max(value, 0), most);
  const whole = [[0.1, 0.1], [0.9, 0.1], [0.9, 0.9], [0.1, 0.9]].map(([x, y]) => [Math.round(x * width), Math.round(y * height)]);
  return (found ?? whole).map(([x, y]) => [inside(x, width), inside(y, height)]);
};

// For each corner where it lies: 0 top left, 1 top right, 2 bottom right, 3 bottom left of the picture, each once.
export const named = (corners) => {
  const clockwise = corners.reduce((sum, one, at) => sum + turn(one, corners[(at + 1) % 4], corners[(at + 2) % 4]), 0) > 0;
  const topLeft = corners.reduce((best, one, at) => (one[0] + one[1] < corners[best][0] + corners[best][1] ? at : best), 0);
  return corners.map((_, at) => (clockwise ? at - topLeft + 4 : topLeft - at + 4) % 4);
};
