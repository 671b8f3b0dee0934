// Where a new element stands in a flow: in the middle of its longest part, which is made longer where it is too short.

import { selfAndAllChildren } from "diagram-js/lib/util/Elements";

const AROUND = 50;

const longest = (flow) => flow.waypoints.slice(1)
  .map((to, at) => ({ from: flow.waypoints[at], to, axis: Math.abs(to.x - flow.waypoints[at].x) >= Math.abs(to.y - flow.waypoints[at].y) ? "x" : "y" }))
  .map((part) => ({ ...part, length: Math.abs(part.to[part.axis] - part.from[part.axis]) }))
  .reduce((best, part) => (part.length > best.length ? part : best));

const middle = ({ from, to }) => ({ x: Math.round((from.x + to.x) / 2), y: Math.round((from.y + to.y) / 2) });

export const roomFor = (modeler, shape, flow) => {
  const [space, canvas] = [modeler.get("spaceTool"), modeler.get("canvas")];
  const part = longest(flow), { axis } = part;
  const missing = (axis === "x" ? shape.width : shape.height) + 2 * AROUND - part.length;
  if (missing > 0) {
    const all = selfAndAllChildren(canvas.getRootElement(), true), from = middle(part)[axis];
    const { movingShapes, resizingShapes } = space.calculateAdjustments(all, axis, missing, from);
    space.makeSpace(movingShapes, resizingShapes, { x: 0, y: 0, [axis]: missing }, axis === "x" ? "e" : "s", from);
  }
  return middle(longest(flow));
};
