// The page of somebody who waits: a stream tells what is new, and what the page would ask for by itself it asks seldom then.
import { listen } from "./events.js";

const UNASKED = { line: 60000, system: 10000, desk: 60000 }; // milliseconds; without a stream the page's own trigger counts
const NEAR = 10;
const STOPPED = 30000; // milliseconds after which somebody who is still here has stopped his browser
const part = () => document.getElementById("standing");
let live = false;
let wanted = false;
let leaving = false; // a form was sent: where it leads something is said once, which another way there would lose
let asked = Date.now();

const look = () => {
  wanted = true;
  htmx.trigger(part(), "look");
};

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.detail.elt !== part()) return;
  if (leaving) { event.preventDefault(); return; }
  const due = Date.now() - asked >= UNASKED[part().dataset.kind];
  if (live && !wanted && !due) { event.preventDefault(); return; }
  asked = Date.now();
  wanted = false;
});

const stays = () => { leaving = false; };
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  leaving = true;
  setTimeout(stays, STOPPED);
});
addEventListener("pageshow", stays);
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (leaving && event.detail.elt === part()) event.preventDefault();
}, true);

// The place in line is the first number of its text, and of the title of the tab.
const say = (name, number) => {
  const text = part().querySelector(`[data-line=${name}]`);
  const before = text?.textContent;
  if (text) text.textContent = before.replace(/\d+/, number);
  return before !== text?.textContent;
};

// Near the front, and when verifiers come or go, what is said of the wait is asked for anew: a long line does not ask all at once.
let serving = null;
const lookLater = (position) => setTimeout(look, Math.random() * Math.min(position * 100, 20000));

const place = ({ total, position, verifiers }) => {
  const called = !part().querySelector("[data-line=position]");
  const changed = serving !== null && serving !== verifiers;
  serving = verifiers;
  if (called !== (position === 0)) { look(); return; }
  say("total", total);
  if (called) return;
  const moved = say("position", position);
  document.title = document.title.replace(/\d+/, position);
  if ((moved && position <= NEAR) || changed) lookLater(position);
};

// A sign of life that asks for nothing. The server's word wakes it, since a page in the background has slow clocks.
const beat = () => {
  const sign = new FormData(document.getElementById("line-beat"));
  sign.set("sign", "1");
  fetch(part().getAttribute("hx-post"), { method: "POST", body: sign }).catch(() => {});
};

const heard = (message) => {
  if (!part()) return;
  if (message.beat && document.getElementById("line-beat")) beat();
  if (message.case && message.case !== part().dataset.mark) { look(); return; }
  if (message.line && part().dataset.kind === "line") place(message.line);
};

if (part()?.dataset.events) listen(part().dataset.events, "", heard, { live: (yes) => { live = yes; } });
