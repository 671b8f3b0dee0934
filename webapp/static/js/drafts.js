// Keeps what is typed as a draft, 800 ms after the last key; the answer also says which fields are hidden now.
const form = document.querySelector("form[data-draft]");

const show = (answer) => {
  tell(form.dataset.saved.replace("%s", answer.saved));
  form.querySelectorAll("[data-part]").forEach((part) => { part.hidden = answer.hidden.includes(part.dataset.part); });
};

const tell = (text) => {
  const state = form.querySelector(".draft-state");
  if (state) state.textContent = text;
};

const texts = () => {
  const data = new FormData(form);
  [...data.entries()].forEach(([name, value]) => { if (value instanceof File) data.delete(name); });
  return new URLSearchParams(data);
};

let sending = Promise.resolve();
let under = 0;
const send = async () => {
  under += 1;
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: texts() });
    const body = await answer.json();
    if (answer.ok && under === 1) show(body);
    else if (!answer.ok) tell(body.said || form.dataset.unsaved);
  } catch (problem) {
    console.info("draft not saved", problem.name);
    tell(form.dataset.unsaved);
  } finally {
    under -= 1;
  }
};
// One after another: a draft must never overtake a later one, nor the form itself.
const save = () => { sending = sending.then(send); };

if (form) {
  let timer = null;
  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    clearTimeout(timer);
    timer = setTimeout(save, event.target.matches("[type=checkbox], [type=radio], select") ? 50 : 800);
  });
  let sent = false;
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    const button = event.submitter;
    if (under > 0) {
      event.preventDefault();
      event.stopImmediatePropagation();
      sending.then(() => form.requestSubmit(button));
    }
  }, true);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    if (sent && !event.submitter?.name) event.preventDefault();
    sent = !event.submitter?.name;
  });
  window.addEventListener("pageshow", () => { sent = false; });
  // What was chosen before this script had loaded may have opened parts that are still hidden.
  if (form.querySelector("[data-part][hidden]") && form.querySelector("input[type=radio]:checked, input[type=checkbox]:checked")) save();
}
document.getElementById("error-summary")?.focus();
