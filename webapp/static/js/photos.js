// Photographs: refuses a file that is too big before it travels, takes files that are dragged here, lays the cut-out over the original.
document.documentElement.classList.add("has-script");

const complain = (input, text) => {
  const slot = input.closest(".slot");
  let error = slot.querySelector(":scope > .error");
  if (!error) {
    error = document.createElement("span");
    error.className = "error";
    error.setAttribute("role", "alert");
    slot.querySelector(".slot-state").before(error);
  }
  error.textContent = text;
  input.value = "";
};

document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.matches?.("input[type=file][data-largest]") || !input.files[0]) return;
  if (input.files[0].size > Number(input.dataset.largest)) {
    event.stopImmediatePropagation();
    event.preventDefault();
    complain(input, input.dataset.tooBig);
  }
}, true);

// On its way: how much of it, so that a slow network is not taken for a dead page; and that it did not arrive.
const sent = (event) => (event.detail.elt ?? event.target).closest?.("input[type=file][data-largest]");
document.addEventListener("htmx:xhr:progress", (event) => {
  const state = sent(event)?.closest(".slot").querySelector(".slot-head .state");
  if (!state || !event.detail.lengthComputable || event.target.closest(".slot-state")) return;
  state.className = "state";
  state.textContent = sent(event).dataset.sending.replace("%s", Math.floor((event.detail.loaded / event.detail.total) * 100));
});
["htmx:sendError", "htmx:responseError"].forEach((name) => document.addEventListener(name, (event) => {
  const input = sent(event);
  if (!input) return;
  complain(input, input.dataset.unsent);
  const state = input.closest(".slot").querySelector(".slot-head .state");
  if (state) state.textContent = "";
}));

// A file that is dropped beside its slot would take the browser away from the page and what is typed in it.
const files = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
const over = (event) => (event.target.closest?.(".slot") ?? null)?.querySelector("input[type=file]");
const mark = (input) => document.querySelectorAll(".slot").forEach((one) => one.classList.toggle("is-dropping", Boolean(input) && one.contains(input)));

["dragenter", "dragover"].forEach((name) => document.addEventListener(name, (event) => {
  if (!files(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = over(event) ? "copy" : "none";
  mark(over(event));
}));
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(null); });
document.addEventListener("drop", (event) => {
  if (!files(event)) return;
  event.preventDefault();
  mark(null);
  const input = over(event);
  if (!input || !event.dataTransfer.files.length) return;
  const first = new DataTransfer();
  first.items.add(event.dataTransfer.files[0]);
  input.files = first.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

const places = new Map(); // where the border of each comparison was left
const inHand = new Set(); // sliders that had the focus when their card was put in anew
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const slider = detail.target.querySelector(".compare input[type=range]");
  if (slider) inHand[slider === document.activeElement ? "add" : "delete"](slider.id);
});

const lay = (compare) => {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = 0;
  slider.max = 100;
  slider.id = compare.id && `${compare.id}-slider`;
  const shown = compare.querySelector("figure:nth-of-type(2) img").src;
  slider.value = places.get(shown) ?? compare.dataset.compare; // what is in use lies on top
  slider.setAttribute("aria-label", [...compare.querySelectorAll("figcaption")].map((one) => one.textContent.trim()).join(" / "));
  const part = () => compare.style.setProperty("--border", `${slider.value}%`);
  const moved = () => { places.set(shown, slider.value); part(); };
  slider.addEventListener("input", moved);
  // The border follows a finger or a mouse on the picture too; up and down still scrolls the page.
  compare.addEventListener("pointermove", (event) => {
    if (!event.buttons || !event.target.closest("img, figure")) return;
    const box = compare.getBoundingClientRect();
    slider.value = ((event.clientX - box.left) / box.width) * 100;
    moved();
  });
  part();
  compare.classList.add("is-over");
  compare.append(slider);
  if (inHand.delete(slider.id)) slider.focus({ preventScroll: true });
};

const look = (root) => root.querySelectorAll("[data-compare]:not(.is-over)").forEach(lay);
look(document);
document.addEventListener("htmx:afterSettle", (event) => look(event.target.parentElement ?? document));
