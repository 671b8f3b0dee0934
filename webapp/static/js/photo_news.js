// When the card of a photograph that is being looked at asks for what is new: as the case's stream tells; by itself where there is none.
import { listen } from "./events.js";

const [OFTEN, THEN] = [12, 5]; // without a stream: often at first, when the answer is about to come, and less often then
const SELDOM = 25; // with one, should a word of it be lost
const cards = () => [...document.querySelectorAll(".slot-state[hx-get]")];
const times = new WeakMap();
const wanted = new WeakSet();
const known = new WeakSet();
let stream = null;
let live = false;

const look = (card) => {
  wanted.add(card);
  htmx.trigger(card, "look");
};

document.addEventListener("htmx:beforeRequest", (event) => {
  const card = event.detail.elt;
  if (!card.matches(".slot-state") || wanted.delete(card)) return;
  const time = (times.get(card) ?? 0) + 1;
  times.set(card, time);
  if (live ? time % SELDOM : time > OFTEN && time % THEN) event.preventDefault();
});

// A stream is held only while there is something to hear. What was told before a card was there, the card asks for once.
const attend = () => {
  const here = cards();
  if (!here.length) {
    stream?.close();
    stream = null;
    live = false;
    return;
  }
  const fresh = here.filter((card) => !known.has(card));
  fresh.forEach((card) => known.add(card));
  if (live) fresh.forEach(look);
  stream ??= listen(here[0].dataset.events, "", (message) => { if (message.case) cards().forEach(look); }, { live: (yes) => { live = yes; } });
};

attend();
document.addEventListener("htmx:afterSettle", attend);
