// A demonstration puts the certificate of a sample person into this browser, with a key that is made here.
import { keep, make, possible, publicText } from "./keys.js";

const place = document.querySelector("[data-sample-certificate]");

const issue = async (spki) => {
  const body = new URLSearchParams({ csrf_token: place.dataset.token, person: place.dataset.person, spki });
  const answer = await fetch(place.dataset.sampleCertificate, { method: "POST", body });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
};

const install = async () => {
  try {
    const pair = await make();
    const { customer, pem } = await issue(await publicText(pair));
    await keep(customer, pair, pem);
    place.textContent = `✓ ${place.dataset.good}`;
  } catch {
    place.textContent = `! ${place.dataset.bad}`;
  }
};

if (place) {
  if (possible()) install();
  else place.textContent = `! ${place.dataset.bad}`;
}
