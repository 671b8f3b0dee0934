// Keeps what is typed as a draft, 800 ms after the last key; the answer also says which fields are hidden now.
const form = document.querySelector("form[data-draft]");

const show = (answer) => {
  const state = form.querySelector(".draft-state");
  if (state) state.textContent = form.dataset.saved.replace("%s", answer.saved);
  form.querySelectorAll("[data-part]").forEach((part) => { part.hidden = answer.hidden.includes(part.dataset.part); });
};

const texts = () => {
  const data = new FormData(form);
  [...data.entries()].forEach(([name, value]) => { if (value instanceof File) data.delete(name); });
  return new URLSearchParams(data);
};

let sending = null;
const save = async () => {
  sending?.abort();
  sending = new AbortController();
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: texts(), signal: sending.signal });
    if (answer.ok) show(await answer.json());
  } catch (problem) {
    if (problem.name !== "AbortError") console.info("draft not saved", problem.name);
  }
};

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
    sending?.abort();
    if (event.defaultPrevented) return; // it waits for a signature and is sent again with it
    if (sent && !event.submitter?.name) event.preventDefault();
    sent = !event.submitter?.name;
  });
  window.addEventListener("pageshow", () => { sent = false; });
}
document.getElementById("error-summary")?.focus();
