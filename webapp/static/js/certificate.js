// The three things a page does with a certificate: detect it, install it, sign with it.
import { find, keep, make, possible, publicText, sign } from "./keys.js";

const place = document.querySelector("[data-certificate]");
const form = place?.closest("form");

// What the server has said in words; whatever else goes wrong is told by the page's own sentence.
class Refused extends Error {}

const post = async (address, values = {}) => {
  const body = new URLSearchParams({ csrf_token: form.elements.csrf_token.value, ...values });
  const answer = await fetch(address, { method: "POST", body });
  if (!answer.ok) throw new Refused((await answer.json().catch(() => ({}))).problem ?? "");
  return answer.json();
};

const put = (name, value) => {
  const full = `${place.dataset.key}.${name}`;
  const field = form.elements[full] ?? Object.assign(document.createElement("input"), { type: "hidden", name: full });
  field.value = value;
  form.append(field);
};

const state = (name) => place.querySelectorAll("[data-state]").forEach((one) => { one.hidden = one.dataset.state !== name; });

const tell = (text) => {
  const problem = place.querySelector("[data-problem]");
  if (!problem) return;
  problem.textContent = text;
  problem.hidden = !text;
  if (!text) return;
  problem.setAttribute("role", "alert");
  problem.scrollIntoView({ block: "center" }); // the button stands below all that is to be read
};

const prove = async (held) => {
  const asked = await post(place.dataset.challenge);
  put("challenge", asked.challenge);
  put("signature", await sign(held.privateKey, asked.text));
  put("certificate", held.pem);
};

const detect = async () => {
  state("working");
  try {
    const held = await find(place.dataset.customer);
    if (held) await prove(held);
    state(held ? "found" : "none");
  } catch {
    state("failed");
  }
};

const install = async () => {
  state("working");
  tell("");
  try {
    const pair = await make();
    const asked = await post(place.dataset.installChallenge);
    const signature = await sign(pair.privateKey, asked.text);
    const issued = await post(place.dataset.issue, { challenge: asked.challenge, signature, spki: await publicText(pair) });
    await keep(place.dataset.customer, pair, issued.pem);
    await prove(await find(place.dataset.customer));
    state("found");
  } catch (problem) {
    state("none");
    tell((problem instanceof Refused && problem.message) || place.querySelector("[data-problem]").dataset.failed);
  }
};

const signing = () => {
  let proved = false;
  form.addEventListener("submit", async (event) => {
    if (proved || !event.submitter?.matches("[data-sign]")) return;
    event.preventDefault();
    const button = event.submitter;
    const message = place.querySelector("[data-problem]");
    try {
      const held = await find(place.dataset.customer);
      if (!held) return tell(message.dataset.none);
      await prove(held);
      proved = true;
      form.requestSubmit(button);
    } catch {
      tell(message.dataset.failed);
    }
  }, true);
  place.querySelectorAll("[data-read-for]").forEach(readFirst);
};

// A tick wakes when its text has been scrolled to the end; a short text needs no scrolling.
const readFirst = (text) => {
  const tick = document.getElementById(text.dataset.readFor);
  const hint = tick.closest(".choice").querySelector("[data-hint]");
  const atEnd = () => text.scrollTop + text.clientHeight >= text.scrollHeight - 8;
  const wake = () => {
    if (!atEnd()) return;
    tick.disabled = false;
    if (hint) hint.textContent = "";
    text.removeEventListener("scroll", wake);
  };
  if (tick.checked || atEnd()) return;
  tick.disabled = true;
  if (hint) hint.textContent = text.dataset.unread;
  text.addEventListener("scroll", wake);
};

if (place) {
  const kind = place.dataset.certificate;
  if (kind === "detect") {
    place.querySelector("[data-again]").addEventListener("click", detect);
    detect();
  }
  if (kind === "sign") signing();
  if (kind === "install") {
    const button = place.querySelector("[data-install]");
    if (button && possible()) {
      button.hidden = false;
      button.addEventListener("click", install);
    }
  }
}
