// While a call is recorded its page stays: forms of the page are sent beside it, and only a decision that was taken leaves it, once everything is sent.
const [PATIENCE, LOOK] = [30_000, 100];

const sent = async (recording) => {
  for (let waited = 0; recording.left && waited < PATIENCE; waited += LOOK) await new Promise((done) => { setTimeout(done, LOOK); });
};

export const leaving = ({ root, words, recording, stop }) => {
  const form = document.querySelector("#decision form[data-draft]");
  const say = (text) => { form.querySelector(".draft-state").textContent = text; };
  const leave = async () => {
    await stop();
    await sent(recording);
    location.assign(root.dataset.home);
  };

  const take = (page, selector) => {
    const [here, there] = [document.querySelector(selector), page.querySelector(selector)];
    if (here && there) here.replaceChildren(...there.childNodes);
    return Boolean(there);
  };

  const post = (target, submitter) => fetch(submitter?.getAttribute("formaction") || target.action, {
    method: "POST", body: new URLSearchParams(new FormData(target, submitter)), redirect: "manual",
  });

  const put = async (answer) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    page.querySelectorAll("#decision .error-summary").forEach((one) => form.before(one));
    if (!take(page, "#decision form[data-draft]")) say(words["decision-unsaved"]);
  };

  const decide = async (submitter) => {
    say(words.sending);
    recording.flush();
    await sent(recording);
    document.querySelectorAll("#decision .error-summary").forEach((one) => one.remove());
    const answer = await post(form, submitter);
    if (answer.type === "opaqueredirect") return submitter?.name === "say" ? again() : leave();
    await put(answer);
    document.getElementById("error-summary")?.focus();
    return undefined;
  };

  // A remark to colleagues was stored: its part of the page anew.
  const again = async () => put(await fetch(location.href, { cache: "no-store" }));

  // Before drafts.js hears of it: to that script the form is not sent, for the page stays.
  let busy = false;
  form.addEventListener("submit", async (event) => {
    if (!recording.running) return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    await decide(event.submitter).catch(() => say(words["decision-unsaved"]));
    busy = false;
  }, true);
  document.querySelector("#papers")?.addEventListener("submit", async (event) => {
    if (!recording.running) return;
    event.preventDefault();
    const answer = await post(event.target, event.submitter);
    take(new DOMParser().parseFromString(await answer.text(), "text/html"), "#papers");
  });
  document.querySelector("#decision form[action$='/release']")?.addEventListener("submit", async (event) => {
    if (!recording.running && !recording.left) return;
    event.preventDefault();
    recording.flush();
    await sent(recording);
    await post(event.target, event.submitter).catch(() => null);
    leave();
  });
  window.addEventListener("beforeunload", (event) => { if (recording.running || recording.left) event.preventDefault(); });
};
