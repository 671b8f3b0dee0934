// What both pages of a call have in common: who is there, the one connection that stands between the two, and the server's time.
import { connectThrough } from "./call_janus.js";
import { link } from "./call_link.js";
import { connect } from "./call_peer.js";
import { watch } from "./call_quality.js";

const BEAT = 10_000;

// `on`: other(hello or null) who is there and how far; stream(stream); line(connecting | connected | lost | unreachable | none);
// quality(name, figures); message(m); replaced(); silent(yes); over(next); lost() nobody is signed in any more.
export const room = ({ address, token, after, polite, on }) => {
  let [other, media, connection, attempt, unwatch] = [null, null, null, 0, null];
  let [ahead, turn, known] = [0, 0, ""];
  let brought = false; // whether this page has sent a picture before
  let engine = "peer"; // what carries the call; the server says it
  let unreached = false; // whether the page says that nothing gets through
  let round = 0; // which connection of these two pages: the side that does not give way begins another where nothing gets through

  const follow = () => { // the customer's page: the verifier's counts
    if (!polite || (other.round ?? 0) === round) return;
    round = other.round ?? 0;
    if (connection && engine === "peer") tell("unreachable"); // the verifier's ten seconds may be over before one's own
    drop();
  };

  // Once it was said that nothing gets through this stays on the page while it is tried again, until something does.
  const tell = (name) => {
    unreached = name === "unreachable" || (unreached && name !== "connected");
    on.line(unreached ? "unreachable" : name);
  };
  const lost = () => { // of another page, or of none, nothing is known yet
    unreached = false;
    on.line("lost");
  };

  const relays = async () => {
    const left = performance.now();
    try {
      const answer = await fetch(`${address}/relays`, { cache: "no-store" });
      const { servers, now, engine: named } = await answer.json();
      engine = named;
      ahead = now + (performance.now() - left) / 2 - Date.now();
      return servers;
    } catch (problem) {
      console.info("no relays", problem.name);
      return [];
    }
  };

  const drop = () => {
    attempt += 1;
    unwatch?.();
    connection?.close();
    [connection, unwatch] = [null, null];
  };

  const meet = async () => {
    if (connection || !media || !other?.ready) return;
    const mine = (attempt += 1);
    const early = [];
    connection = { hear: (message) => early.push(message), close: () => {} }; // what comes before the relays are known
    const servers = await relays();
    if (mine !== attempt) return;
    const { stream } = media;
    const heard = { stuck: another, stream: (given) => { if (mine === attempt) on.stream(given); }, state: (name) => { if (mine === attempt) tell(name); } };
    connection = engine === "janus"
      ? connectThrough({ address, token, me: seat(talk.me, other.from), other: seat(other.from, talk.me), stream, servers, on: { ...heard, stuck: anew } })
      : connect({ polite, stream, servers, say: (kind, more) => talk.say(kind, { ...more, round }), on: heard });
    unwatch = watch(connection.pc, on.quality);
    early.forEach(connection.hear);
  };

  const another = () => {
    round += 1;
    drop();
    talk.tell({ round });
    meet();
  };

  // What this page sends for the other one, in this round: nobody hears what was sent for an earlier page or round.
  const seat = (page, hearer) => `${page.slice(0, 8)}-${hearer.slice(0, 8)}-${round}`;
  // With a server between the two either side may be the one that is cut off; the side that does not give way begins.
  const anew = () => { if (polite) talk.say("again", { round }); else another(); };

  const talk = link({
    address, token, after,
    on: {
      peer: (hello) => { // another page of the other side: nothing of the last connection holds
        const was = connection !== null;
        drop();
        other = hello;
        if (was) lost();
        on.other(other);
        follow();
        meet();
      },
      state: (hello) => { other = hello; on.other(other); follow(); meet(); },
      message: (message) => {
        if (message.kind === "over") on.over();
        else if (message.kind === "bye") { drop(); other = null; lost(); on.other(null); }
        else if (message.kind === "again") { if (!polite && message.round === round) another(); }
        else if (message.kind === "description" || message.kind === "candidate") { if (message.round === round) connection?.hear(message); }
        else on.message(message);
      },
      replaced: () => { leave(); on.replaced(); },
      silent: on.silent,
      lost: on.lost,
    },
  });

  const goesOn = ({ over, call = "", media: kept = true }) => { // a colleague may have taken the customer over: that is another call
    if (over || (known && call && call !== known)) on.over();
    known ||= call;
    if (!kept) connection?.gone?.();
  };

  const beat = async () => {
    try {
      const answer = await fetch(`${address}/beat`, { method: "POST", headers: { "X-CSRFToken": token } });
      if (answer.redirected) on.lost();
      else if (answer.ok) goesOn(await answer.json());
    } catch (problem) {
      console.info("no beat", problem.name);
    }
  };
  const beating = setInterval(beat, BEAT);

  const leave = () => {
    clearInterval(beating);
    drop();
    talk.close();
  };

  relays();
  talk.tell({ ready: false });
  return {
    say: talk.say,
    now: () => Date.now() + ahead,
    get other() { return other; },
    get engine() { return engine; },
    get pc() { return connection?.pc ?? null; },
    // How far this side is: words of its own, beside whether its camera runs.
    tell: (state) => talk.tell({ state }),
    bring: (given, more = {}) => {
      const again = brought;
      [media, brought] = [given, true];
      talk.tell({ ready: true, state: "ready", simulated: given.simulated, ...more });
      if (again && engine === "janus") anew();
      else meet();
    },
    take: () => { media = null; drop(); talk.tell({ ready: false }); },
    change: (track) => connection?.replace?.(track),
    leave,
    nonce: () => `${talk.me.slice(0, 8)}-${(turn += 1)}`,
  };
};
