// The talk of the two pages of a call, through the server. Each load of a page is an epoch of its own: what was said to an earlier one is not heard.
import { listen } from "./events.js";

const [HELLO_AGAIN, FIRST_WAIT, LONGEST_WAIT] = [2000, 300, 5000]; // milliseconds
const pause = (time) => new Promise((done) => { setTimeout(done, time); });

// `on`: peer(hello) a new page of the other side; state(hello) news of the same; message(m); replaced(); silent(whether the server does not answer).
export const link = ({ address, token, after, on }) => {
  const me = crypto.randomUUID();
  let peer = null;
  let mine = {};
  let closed = false;
  let queue = Promise.resolve();

  const deliver = async (message) => {
    for (let wait = FIRST_WAIT; !closed; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        const answer = await fetch(`${address}/messages`, {
          method: "POST", keepalive: message.kind === "bye",
          headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(message),
        });
        if (answer.ok || (answer.status < 500 && answer.status !== 429)) {
          on.silent?.(false);
          return;
        }
      } catch (problem) {
        console.info("message not sent", problem.name);
      }
      on.silent?.(true);
      await pause(wait);
    }
  };
  const say = (kind, more = {}, to = peer) => { queue = queue.then(() => deliver({ kind, from: me, to, ...more })); };
  const hello = () => say("hello", mine);

  const hear = (message) => {
    if (closed || (message.to && message.to !== me)) return;
    if (message.kind === "over") on.message(message);
    else if (message.kind === "hello") greet(message);
    else if (message.from !== peer) return;
    else if (message.kind === "bye" && message.why === "replaced") {
      close();
      on.replaced?.();
    } else on.message(message);
  };

  const greet = (message) => {
    const known = message.from === peer;
    if (!known && peer) say("bye", { why: "replaced" });
    peer = message.from;
    if (message.to !== me) hello();
    on[known ? "state" : "peer"](message);
  };

  const ear = listen(`${address}/events?since=${after}`, `${address}/messages?since=${after}`, hear, { lost: () => on.lost?.() });
  const calling = setInterval(() => { if (!peer) hello(); }, HELLO_AGAIN);
  const close = () => {
    closed = true;
    clearInterval(calling);
    ear.close();
  };
  window.addEventListener("pagehide", () => { if (!closed && peer) deliver({ kind: "bye", from: me, to: peer, why: "left" }); });

  return {
    me,
    say,
    close,
    tell: (state) => {
      mine = { ...mine, ...state };
      hello();
    },
  };
};
