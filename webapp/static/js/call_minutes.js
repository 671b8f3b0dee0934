// What the verifier ticks and remarks, told at the moment at which he does it: each with its time in the call.
const post = (address, token, values) => fetch(address, { method: "POST", body: new URLSearchParams({ csrf_token: token, ...values }) });
const TIME = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai", timeStyle: "medium" });

export const ticks = ({ address, token }) => {
  document.querySelector("#decision form").addEventListener("change", ({ target }) => {
    if (!target.matches("input[type=checkbox]")) return;
    post(`${address}/ticks`, token, { item: target.name, on: target.checked ? "yes" : "no" }).catch((problem) => console.info("no tick", problem.name));
  });
};

export const notes = ({ root, address, token, words }) => {
  const form = root.querySelector("[data-note]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = form.elements.text.value.trim();
    if (!text) return;
    const answer = await post(`${address}/notes`, token, { text }).catch(() => null);
    const kept = answer?.ok && !answer.redirected;
    const said = kept ? `${TIME.format(new Date())} ${text}` : (await answer?.json().catch(() => null))?.said ?? words["note-unsaved"];
    const item = document.createElement("li");
    item.textContent = said;
    root.querySelector("[data-notes]").prepend(item);
    if (kept) form.reset();
  });
};
