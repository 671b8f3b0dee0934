// Keys of the desk: J and K walk the queue, C claims (the row in focus, or the task that is shown), N calls the next customer, S goes to the decision, / to the search, ? tells the keys.
const walk = (step) => {
  const items = [...document.querySelectorAll("[data-queue-item]")];
  const at = items.indexOf(document.activeElement);
  items[Math.max(0, Math.min(items.length - 1, at + step))]?.focus();
};

const keys = {
  j: () => walk(1),
  k: () => walk(-1),
  c: () => (document.activeElement.closest("li")?.querySelector("[data-claim]") ?? document.querySelector("[data-key=c]"))?.click(),
  n: () => document.querySelector("[data-key=n]")?.click(),
  "?": () => document.querySelector("#list details")?.toggleAttribute("open"),
  s: () => document.querySelector("[data-key=s]")?.focus(),
  "/": () => document.querySelector("[data-key='/']")?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
  const act = keys[event.key.toLowerCase()];
  if (!act) return;
  event.preventDefault();
  act();
});
