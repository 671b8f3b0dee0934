// The verifier's side of stills: asking for one, showing what came.
const LATE = 20_000;

export const taking = ({ root, address, words, call }) => {
  const find = (selector) => root.querySelector(selector);
  const buttons = [...root.querySelectorAll("[data-still]")];
  const tell = (name) => { find("[data-still-said]").textContent = words[name] ?? ""; };
  let [asked, late, possible] = [null, 0, false];

  const ready = () => buttons.forEach((one) => { one.disabled = !possible || asked !== null; });

  const show = async () => {
    const answer = await fetch(`${address}/stills`, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok) return;
    const found = await answer.json();
    find("[data-stills]").replaceChildren(...found.map((one) => {
      const item = document.createElement("li");
      if (one.address) item.append(picture(one));
      else item.textContent = `${words[one.kind]} ${words[one.status]}`;
      return item;
    }));
    if (found.some((one) => one.status === "processing")) setTimeout(show, 1000);
  };

  const picture = (one) => {
    const [link, shown] = [document.createElement("a"), document.createElement("img")];
    [link.href, link.target, shown.src, shown.alt] = [one.address, "_blank", one.address, ""];
    link.append(shown, `${words[one.kind]} ${one.at}`);
    return link;
  };

  buttons.forEach((button) => button.addEventListener("click", () => {
    asked = { kind: button.dataset.still, nonce: call.nonce() };
    call.say("still", { ask: asked.kind, nonce: asked.nonce });
    tell("still-asked");
    late = setTimeout(() => { asked = null; tell("still-late"); ready(); }, LATE);
    ready();
  }));

  show();
  return {
    allow: (yes) => { possible = yes; ready(); },
    came: ({ nonce, good }) => {
      if (nonce !== asked?.nonce) return;
      clearTimeout(late);
      asked = null;
      tell(good ? "still-done" : "still-failed");
      ready();
      show();
    },
  };
};
