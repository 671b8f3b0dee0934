// What was read from a photograph: put into fields that are still empty, and told beside those that say something else.
const bare = (text) => text.replace(/\s/g, "");

const tell = (mark) => {
  const control = document.getElementsByName(mark.dataset.readMark)[0];
  const { says: value } = mark.dataset;
  if (!control) return;
  const same = bare(control.value) === bare(value);
  mark.querySelector("[data-same]").hidden = !value || !same;
  mark.querySelector("[data-other]").hidden = !value || same;
};

const shown = (control, value) => [...(control.options ?? [])].find((one) => one.value === value)?.text ?? value;

const fill = (found) => Object.entries(JSON.parse(found.dataset.read)).forEach(([name, value]) => {
  const control = document.getElementsByName(name)[0];
  const mark = document.querySelector(`[data-read-mark="${CSS.escape(name)}"]`);
  if (!control || !mark || mark.dataset.says === value) return;
  mark.dataset.says = value;
  const told = document.getElementsByName(`${name}.told`)[0]; // with it a field that is cleared later stays cleared
  if (told) told.value = value;
  mark.querySelector("[data-shown]").textContent = shown(control, value);
  if (!control.value) {
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true })); // into the draft, as if it were typed
  }
  tell(mark);
});

const look = () => document.querySelectorAll("[data-read]").forEach(fill);
document.addEventListener("input", (event) => document.querySelectorAll("[data-read-mark]").forEach((mark) => {
  if (mark.dataset.readMark === event.target.name) tell(mark);
}));
document.addEventListener("htmx:afterSettle", look);
look();
