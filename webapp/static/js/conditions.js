// Conditions of a form: the names that may stand where one types, and what is wrong with it once one pauses. The server judges.
import { Completing } from "./completing.js";

const PAUSE = 500;

const tell = (input, problem) => {
  document.getElementById(`${input.id}-said`).textContent = problem;
  if (problem) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
};

const inputs = [...document.querySelectorAll("input[data-names]")];
const form = inputs[0]?.form;
let waiting, asked = 0;

const check = async () => {
  const mine = ++asked;
  const answer = await fetch(form.dataset.check, { method: "POST", body: new FormData(form) }).catch(() => null);
  if (!answer?.ok || answer.redirected || mine !== asked) return;
  const { problems } = await answer.json();
  inputs.forEach((input) => tell(input, problems[input.name] ?? ""));
};

inputs.forEach((input) => {
  const list = document.getElementById(input.dataset.names);
  if (list) new Completing(input, list);
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(check, PAUSE); });
  input.addEventListener("change", check);
});
